// What is released is offered at once, or with everything else at the interval's next tick.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addAgent } from "./add-agent.ts";
import { addFramework } from "./add-framework.ts";
import { allocate } from "./allocate.ts";
import { nextWakeAt } from "./next-wake-at.ts";
import { explain } from "./explain/index.ts";
import { recoverResources } from "./recover-resources.ts";
import { refuse } from "./refusals.ts";
import { createAllocator, type AllocatorState } from "./state.ts";

function withOneOffer(batchReleases: boolean): { state: AllocatorState; release: (nowMs: number) => void } {
  const state = createAllocator({ allocationIntervalMs: 100, batchReleases }, () => 0);
  addFramework(state, {
    frameworkId: "f",
    info: { user: "u", name: "n", roles: ["r"], capabilities: [{ type: "MULTI_ROLE" }] },
  });
  addAgent(state, {
    agentId: "a",
    info: { hostname: "h" },
    capabilities: ["MULTI_ROLE", "RESERVATION_REFINEMENT", "HIERARCHICAL_ROLE"],
    total: [{ name: "cpus", type: "SCALAR", scalar: { value: 4 } }],
  });
  const [allocation] = allocate(state, 1000);
  assert.ok(allocation);
  const release = (nowMs: number): void => recoverResources(state, { ...allocation, nowMs });
  return { state, release };
}

test("a released agent's refusals are not gone through while none of all has ended", (t) => {
  const { state, release } = withOneOffer(true);
  release(1001);
  const agent = state.agents.get("a");
  assert.ok(agent);
  const client = state.frameworks.get("f")?.clients.get("r");
  assert.ok(client);
  const refuseAt = (nowMs: number, refuse_seconds: number): void =>
    refuse(state, client, { agent, resources: agent.available, filters: { refuse_seconds }, nowMs });
  refuseAt(1001, 5);
  const { mock } = t.mock.method(agent.refusals, "values");
  const ask = (nowMs: number): string[] =>
    explain(state, { frameworkId: "f", agentId: "a", nowMs }).map(({ filter }) => filter);
  assert.ok(ask(1050).includes("released"));
  assert.equal(mock.callCount(), 0);
  // Then the cycle looks at the agent for everybody.
  refuseAt(940, 0.1);
  assert.ok(!ask(1050).includes("released"));
});

test("markReleased() has released resources offered at once", () => {
  const { state, release } = withOneOffer(false);
  release(1001);
  assert.equal(nextWakeAt(state), 0);
  assert.equal(allocate(state, 1001).length, 1);
});

test("markReleased() has batched releases wait for the interval's next tick", () => {
  const { state, release } = withOneOffer(true);
  release(1001);
  assert.equal(nextWakeAt(state), 1100);
  assert.equal(allocate(state, 1099).length, 0);
  assert.equal(allocate(state, 1100).length, 1);
  assert.equal(nextWakeAt(state), undefined);
});
