// How long GET /explain takes at a master with 10,000 agents: node packages/cluster/src/master/api/explain/explain.bench.ts
import assert from "node:assert/strict";
import { addAgent, allocate, recoverResources } from "../../../allocator/index.ts";
import { HttpRequest } from "../../../net/http/http-request.ts";
import type { RequestHead } from "../../../net/http/request-head.ts";
import { scalar, subscribe } from "../../testing/cast.ts";
import { Stage } from "../../testing/stage.ts";
import { SEES_EVERYTHING } from "../../../authorization/viewer.ts";
import { answerExplain } from "./answer-explain.ts";

const AGENTS = 10_000;
const FRAMEWORKS = 1000;
const REPETITIONS = 15;

function timeMs(run: () => void): number {
  const startedAt = performance.now();
  run();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >>> 1] ?? Number.NaN;
}

/** Agents the allocator alone knows: the master's own bookkeeping takes no part. */
function addAgents(stage: Stage): void {
  for (let index = 0; index < AGENTS; index++) {
    const id = `agent-${index}`;
    addAgent(stage.state.allocator, {
      agentId: id,
      info: { hostname: id, id: { value: id } },
      capabilities: ["MULTI_ROLE", "HIERARCHICAL_ROLE", "RESERVATION_REFINEMENT"],
      total: [scalar("cpus", 24), scalar("mem", 4096), scalar("disk", 4096)],
    });
  }
}

const stage = new Stage();
const ids = Array.from(
  { length: FRAMEWORKS },
  (_, index) => subscribe(stage, { roles: [`role-${index % 100}`] }).id,
);
addAgents(stage);
const [id = ""] = ids;
const task = JSON.stringify({ resources: [scalar("cpus", 30), scalar("mem", 64)] });

function figure(name: string, query: Record<string, string>): void {
  const head = { method: "GET", path: "/explain", query: new Map(Object.entries(query)) };
  const request = new HttpRequest(head as unknown as RequestHead, { body: Buffer.alloc(0), remote: "" });
  const times = Array.from({ length: REPETITIONS }, () =>
    timeMs(() =>
      assert.equal(
        answerExplain(stage.state, request, { nowMs: stage.now, viewer: SEES_EVERYTHING }).status,
        200,
      ),
    ),
  );
  console.log(`${name}: ${median(times).toFixed(1)} ms (first ${times[0]?.toFixed(1)} ms, target ≤ 100 ms)`);
}

figure("everything waits for the next cycle", { framework_id: id });
const [first] = allocate(stage.state.allocator, stage.now);
figure("everything is given out", { framework_id: id });
figure("the same for a task", { framework_id: id, task });
figure("an agent", { agent_id: "agent-1" });
assert.ok(first !== undefined);
recoverResources(stage.state.allocator, { ...first, nowMs: stage.now });
figure("one agent waits for the next cycle", { framework_id: id });
