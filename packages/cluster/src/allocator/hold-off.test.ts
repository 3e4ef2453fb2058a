// With quota, a new master offers nothing until enough agents are back, and waits no longer than it is told.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { holdOff } from "./hold-off.ts";
import { explain, nextWakeAt } from "./index.ts";
import { TestCluster } from "./testing/test-cluster.ts";

function recovering(agents: number): TestCluster {
  const cluster = new TestCluster().quota("r", "", "cpus:9");
  holdOff(cluster.state, { agents, untilMs: cluster.nowMs + 5000 });
  return cluster.framework("f", { roles: ["r"] });
}

void test("holdOff() makes no offers until enough agents are there", () => {
  const cluster = recovering(2).agent("s1", "cpus:1;mem:64");
  assert.deepEqual(cluster.lines(), []);
  assert.equal(nextWakeAt(cluster.state), cluster.nowMs + 5000);
  assert.deepEqual(explain(cluster.state, { frameworkId: "f", agentId: "s1", nowMs: 0 }), [
    {
      role: "r",
      filter: "held-off",
      reason: "there is quota and the master has failed over: it waits for 1 more agents",
      untilMs: cluster.nowMs + 5000,
    },
  ]);
  cluster.agent("s2", "cpus:1;mem:64");
  assert.equal(nextWakeAt(cluster.state), 0);
  assert.equal(cluster.run().length, 2);
});

void test("holdOff() waits no longer than it is told", () => {
  const cluster = recovering(2).agent("s1", "cpus:1;mem:64");
  cluster.nowMs += 4999;
  assert.deepEqual(cluster.run(), []);
  cluster.nowMs += 1;
  assert.equal(cluster.run().length, 1);
});

void test("holdOff() waits for nobody, and not without quota", () => {
  assert.equal(recovering(0).agent("s1", "cpus:1;mem:64").run().length, 1);
  const free = new TestCluster().framework("f");
  holdOff(free.state, { agents: 2, untilMs: free.nowMs + 5000 });
  assert.equal(free.agent("s1", "cpus:1;mem:64").run().length, 1);
});
