// How long GET /explain takes at a master with 10,000 agents: node packages/cluster/src/master/api/explain/explain.bench.ts
import assert from "node:assert/strict";
import { addAgent, allocate, recoverResources, updateQuota } from "../../../allocator/index.ts";
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

/** Everything is free, and everybody wants it. */
function cluster(): { stage: Stage; id: string } {
  const stage = new Stage();
  const ids = Array.from(
    { length: FRAMEWORKS },
    (_, index) => subscribe(stage, { roles: [`role-${index % 100}`] }).id,
  );
  addAgents(stage);
  return { stage, id: ids[0] ?? "" };
}

/** A master with so many agents has allocated before anybody asks it something; nobody has asked it for a reason yet. */
function warmAllocator(): void {
  const { allocator } = cluster().stage.state;
  for (let cycle = 1; cycle <= 3; cycle++) {
    for (const given of allocate(allocator, cycle)) recoverResources(allocator, { ...given, nowMs: cycle });
  }
}

warmAllocator();
const { stage, id } = cluster();
const task = JSON.stringify({ resources: [scalar("cpus", 30), scalar("mem", 64)] });

function figure(name: string, query: Record<string, string>, master = stage): void {
  const head = { method: "GET", path: "/explain", query: new Map(Object.entries(query)) };
  const request = new HttpRequest(head as unknown as RequestHead, { body: Buffer.alloc(0), remote: "" });
  const times = Array.from({ length: REPETITIONS }, () =>
    timeMs(() =>
      assert.equal(
        answerExplain(master.state, request, { nowMs: master.now, viewer: SEES_EVERYTHING }).status,
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

const { stage: withQuota, id: underQuota } = cluster();
updateQuota(withQuota.state.allocator, "role-0", {
  guarantees: new Map(),
  limits: new Map([["cpus", 24_000_000]]),
});
figure("everything waits for the next cycle, under quota", { framework_id: underQuota }, withQuota);
