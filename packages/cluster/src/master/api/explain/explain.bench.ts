// How long GET /explain takes at a master with 10,000 agents: node packages/cluster/src/master/api/explain/explain.bench.ts
// Each group of figures has a process of its own: the first question is asked of a program that was never asked before.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  type AllocatorState,
  addAgent,
  allocate,
  recoverResources,
  updateQuota,
} from "../../../allocator/index.ts";
import { median, processorMs, timeMs } from "../../../core/testing/times.ts";
import { HttpRequest } from "../../../net/http/http-request.ts";
import type { RequestHead } from "../../../net/http/request-head.ts";
import { scalar, subscribe } from "../../testing/cast.ts";
import { Stage } from "../../testing/stage.ts";
import { SEES_EVERYTHING } from "../../../authorization/viewer.ts";
import { answerExplain } from "./answer-explain.ts";

const AGENTS = 10_000;
const FRAMEWORKS = 1000;
const REPETITIONS = 15;
const THOUSANDTHS = 1000;

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
function cluster({ roles, setQuota }: Group): { stage: Stage; id: string } {
  const stage = new Stage();
  const ids = Array.from(
    { length: FRAMEWORKS },
    (_, index) => subscribe(stage, { roles: [`role-${index % roles}`] }).id,
  );
  setQuota(stage.state.allocator);
  addAgents(stage);
  return { stage, id: ids[0] ?? "" };
}

/** A master with so many agents has allocated before anybody asks it something; nobody has asked it for a reason yet. */
function warmAllocator(group: Group): void {
  const { allocator } = cluster(group).stage.state;
  for (let cycle = 1; cycle <= 3; cycle++) {
    for (const given of allocate(allocator, cycle)) recoverResources(allocator, { ...given, nowMs: cycle });
  }
}

function figure(name: string, query: Record<string, string>, { state, now: nowMs }: Stage): void {
  const head = { method: "GET", path: "/explain", query: new Map(Object.entries(query)) };
  const request = new HttpRequest(head as unknown as RequestHead, { body: Buffer.alloc(0), remote: "" });
  const ask = (): void =>
    assert.equal(answerExplain(state, request, { nowMs, viewer: SEES_EVERYTHING }).status, 200);
  const times: number[] = [];
  const processor = Array.from({ length: REPETITIONS }, () => processorMs(() => times.push(timeMs(ask))));
  const both = (wall = Number.NaN, cpu = Number.NaN): string =>
    `${wall.toFixed(1)} ms (CPU ${cpu.toFixed(1)})`;
  const first = both(times[0], processor[0]);
  console.log(`${name}: ${both(median(times), median(processor))}, first ${first}, target ≤ 100 ms`);
}

/** What is measured of one cluster. */
interface Group {
  name: string;
  roles: number;
  setQuota: (allocator: AllocatorState) => void;
  measure: (stage: Stage, id: string) => void;
}

function quotaOf(cpus: number): Map<string, number> {
  return new Map([["cpus", cpus * THOUSANDTHS]]);
}

function measureWithoutQuota(stage: Stage, id: string): void {
  const { allocator } = stage.state;
  const task = JSON.stringify({ resources: [scalar("cpus", 30), scalar("mem", 64)] });
  figure("everything waits for the next cycle", { framework_id: id }, stage);
  const [first] = allocate(allocator, stage.now);
  figure("everything is given out", { framework_id: id }, stage);
  figure("the same for a task", { framework_id: id, task }, stage);
  figure("an agent", { agent_id: "agent-1" }, stage);
  assert.ok(first !== undefined);
  recoverResources(allocator, { ...first, nowMs: stage.now });
  figure("one agent waits for the next cycle", { framework_id: id }, stage);
}

const GROUPS: readonly Group[] = [
  { name: "none", roles: 100, setQuota: () => undefined, measure: measureWithoutQuota },
  {
    name: "limit",
    roles: 100,
    setQuota: (allocator) =>
      updateQuota(allocator, "role-0", { guarantees: new Map(), limits: quotaOf(24_000) }),
    measure: (stage, id) => figure("everything waits, one role has a limit", { framework_id: id }, stage),
  },
  {
    name: "quota",
    roles: 1000,
    // Half of the cluster is guaranteed, all of it is given out.
    setQuota: (allocator) => {
      for (let role = 0; role < 1000; role++)
        updateQuota(allocator, `role-${role}`, { guarantees: quotaOf(120), limits: quotaOf(240) });
    },
    measure: (stage, id) =>
      figure("everything waits, 1,000 roles have guarantees and limits", { framework_id: id }, stage),
  },
];

const wanted = GROUPS.find(({ name }) => name === process.argv[2]);
if (wanted === undefined) {
  for (const { name } of GROUPS)
    spawnSync(process.execPath, [...process.execArgv, import.meta.filename, name], { stdio: "inherit" });
} else {
  warmAllocator(wanted);
  const { stage, id } = cluster(wanted);
  wanted.measure(stage, id);
}
