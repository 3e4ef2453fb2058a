import assert from "node:assert/strict";
import { test } from "node:test";
import { addAgent } from "./add-agent.ts";
import { addFramework } from "./add-framework.ts";
import { allocate } from "./allocate.ts";
import { nextWakeAt } from "./next-wake-at.ts";
import { recoverResources } from "./recover-resources.ts";
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
