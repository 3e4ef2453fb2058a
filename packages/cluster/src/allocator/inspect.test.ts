// The numbers behind metrics and endpoints.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  activeFilters,
  allocatedQuantities,
  clusterQuantities,
  dominantShare,
  frameworkShare,
  subscribedRoles,
  suppressOffers,
  suppressedRoles,
} from "./index.ts";
import { TestCluster } from "./testing/test-cluster.ts";

void test("inspection follows allocations, weights and filters", () => {
  const cluster = new TestCluster({ weights: new Map([["a", 2]]) }, 2);
  cluster.agent("s1", "cpus:4;mem:100;ports:[1-5]").agent("s2", "cpus:4;mem:300;disk(x):7");
  const { state } = cluster;
  assert.deepEqual(clusterQuantities(state).get("cpus"), { total: 8, offeredOrAllocated: 0 });
  assert.equal(dominantShare(state, "a"), 0);
  assert.equal(frameworkShare(state, "f"), 0);
  cluster.framework("f", { roles: ["a", "a/b"] });
  const inRoleA = cluster.run().find(({ role }) => role === "a");
  assert.equal(inRoleA?.agentId, "s2");
  // The role's own part has no weight beside its sub-role.
  assert.equal(state.roles.get("a")?.node.count, 2);
  assert.equal(frameworkShare(state, "f"), 1);
  assert.equal(dominantShare(state, "a"), 0.75);
  assert.equal(dominantShare(state, "a", "f"), 0.75);
  assert.equal(dominantShare(state, "a/b"), 0.5);
  assert.deepEqual(clusterQuantities(state).get("mem"), { total: 400, offeredOrAllocated: 400 });
  assert.deepEqual(clusterQuantities(state).get("disk"), { total: 7, offeredOrAllocated: 0 });
  assert.deepEqual(
    [...allocatedQuantities(state, "a")],
    [
      ["cpus", 8],
      ["mem", 400],
    ],
  );
  assert.deepEqual(subscribedRoles(state), ["a", "a/b"]);
  cluster.recover(inRoleA, 60);
  assert.equal(activeFilters(state, "a"), 1);
  assert.equal(activeFilters(state, "a/b"), 0);
  suppressOffers(state, "f", ["a/b"]);
  assert.deepEqual(suppressedRoles(state, "f"), ["a/b"]);
  assert.deepEqual(suppressedRoles(state, "unknown"), []);
});
