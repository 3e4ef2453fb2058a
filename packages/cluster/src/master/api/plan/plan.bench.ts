// How long POST /plan takes at a master with 10,000 agents, and how long it keeps others waiting:
// node --conditions=source packages/cluster/src/master/api/plan/plan.bench.ts
import { addAgent } from "../../../allocator/index.ts";
import { SEES_EVERYTHING } from "../../../authorization/viewer.ts";
import { scalar } from "../../testing/cast.ts";
import { Stage } from "../../testing/stage.ts";
import { makePlan } from "./make-plan.ts";

const AGENTS = 10_000;

const stage = new Stage();
for (let index = 0; index < AGENTS; index++) {
  const id = `agent-${index}`;
  addAgent(stage.state.allocator, {
    agentId: id,
    info: { hostname: id, id: { value: id } },
    capabilities: ["MULTI_ROLE", "HIERARCHICAL_ROLE", "RESERVATION_REFINEMENT"],
    total: [scalar("cpus", 24), scalar("mem", 4096), scalar("disk", 4096)],
  });
}

async function figure(name: string, cpus: number, count: number): Promise<void> {
  let sliceAt = performance.now();
  let longestMs = 0;
  const pause = async (): Promise<void> => {
    longestMs = Math.max(longestMs, performance.now() - sliceAt);
    await new Promise((resume) => setImmediate(resume));
    sliceAt = performance.now();
  };
  const startedAt = sliceAt;
  const question = {
    need: [scalar("cpus", cpus)],
    count,
    role: "r",
    frameworkId: undefined,
    quotas: [],
    weights: [],
  };
  await makePlan(stage.state, question, { pause, nowMs: stage.now, viewer: SEES_EVERYTHING });
  console.log(
    `${name}: ${(performance.now() - startedAt).toFixed(0)} ms, at most ${longestMs.toFixed(0)} ms at once`,
  );
}

for (const round of ["first", "again"]) {
  await figure(`10,000 copies on 417 agents, ${round}`, 1, 10_000);
  await figure(`10,000 copies, one an agent, ${round}`, 20, 10_000);
  await figure(`10,000 copies of which none fits, ${round}`, 30, 10_000);
}
