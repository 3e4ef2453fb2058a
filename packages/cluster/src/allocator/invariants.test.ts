// Any sequence of operations keeps the allocator's books right and leaves nothing that somebody could have had.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as assertProperty, property } from "fast-check";
import { removeAgent, removeFramework, updateQuota } from "./index.ts";
import { checkInvariants } from "./testing/check-invariants.ts";
import { type Operation, QUOTA_ROLES, RandomRun, operations } from "./testing/random-run.ts";

function run(all: readonly Operation[], check: boolean): RandomRun {
  const run = new RandomRun();
  for (const operation of all) {
    run.apply(operation);
    // Without "allocate" in between, several events meet one allocation run.
    if (operation[0] !== "allocate" && operation[2] % 3 === 0) continue;
    run.allocate();
    if (check) checkInvariants(run.cluster.state);
  }
  return run;
}

void test("any sequence of operations keeps the books and leaves nothing anybody could have", () => {
  assertProperty(
    property(operations, (all) => void run(all, true)),
    { numRuns: 300 },
  );
});

void test("the same operations give the same allocations", () => {
  assertProperty(
    property(operations, (all) => assert.deepEqual(run(all, false).log, run(all, false).log)),
    { numRuns: 50 },
  );
});

void test("nothing is left of a cluster that everybody has left", () => {
  assertProperty(
    property(operations, (all) => {
      const { state } = run(all, false).cluster;
      for (const agentId of state.agents.keys()) removeAgent(state, agentId);
      for (const frameworkId of state.frameworks.keys()) removeFramework(state, frameworkId);
      for (const role of QUOTA_ROLES) updateQuota(state, role, { guarantees: new Map(), limits: new Map() });
      assert.deepEqual(
        [state.roles.size, state.free.size, state.freshClients.size, state.dirtyAgents.size],
        [0, 0, 0, 0],
      );
      assert.equal(state.holders.size, 0);
      assert.deepEqual(state.shares.root.order, []);
      assert.ok(state.shares.root.totals.every((amount) => amount === 0));
      assert.ok(state.shares.totals.every((amount) => amount === 0));
    }),
    { numRuns: 100 },
  );
});
