// Declines, suppression, revival: when a framework sees resources again.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Allocation,
  activateFramework,
  activeFilters,
  deactivateFramework,
  nextWakeAt,
  recoverResources,
  removeAgent,
  reviveOffers,
  suppressOffers,
  suppressedRoles,
  updateAgent,
  updateFramework,
} from "./index.ts";
import { MAX_REFUSALS_PER_AGENT, refuseMsOf } from "./refusals.ts";
import { TestCluster, allocated, frameworkFacts, resources } from "./testing/test-cluster.ts";

function only(allocations: readonly Allocation[]): Allocation {
  const [allocation, ...rest] = allocations;
  assert.ok(
    allocation !== undefined && rest.length === 0,
    `${allocations.length} allocations instead of one`,
  );
  return allocation;
}

const S1_TO_F = ["s1 → f (*): cpus:2; mem:128"];

function offered(intervalMs?: number): { cluster: TestCluster; allocation: Allocation } {
  const cluster = new TestCluster(intervalMs === undefined ? {} : { allocationIntervalMs: intervalMs });
  cluster.framework("f").agent("s1", "cpus:2;mem:128");
  return { cluster, allocation: only(cluster.run()) };
}

void test("refuseMsOf() corrects what makes no sense as Mesos does", () => {
  const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
  const table: [refuse_seconds: number | undefined, ms: number][] = [
    [undefined, 5000],
    [0, 0],
    [-0, 0],
    [1e-10, 0],
    [0.25, 250],
    [5, 5000],
    [-1, 5000],
    [Number.NaN, 5000],
    [Number.POSITIVE_INFINITY, YEAR_MS],
    [Number.NEGATIVE_INFINITY, 5000],
    [1e300, YEAR_MS],
    [365 * 24 * 60 * 60, YEAR_MS],
  ];
  for (const [seconds, ms] of table) {
    assert.equal(refuseMsOf(seconds === undefined ? {} : { refuse_seconds: seconds }), ms, `${seconds}`);
  }
});

void test("recoverResources() with a filter keeps the resources from the framework until it ends", () => {
  const { cluster, allocation } = offered();
  cluster.recover(allocation, 30);
  assert.deepEqual(cluster.lines(), []);
  assert.equal(activeFilters(cluster.state, "*"), 1);
  assert.equal(nextWakeAt(cluster.state), cluster.nowMs + 30_000);
  cluster.nowMs += 29_999;
  assert.deepEqual(cluster.lines(), []);
  cluster.nowMs += 1;
  assert.deepEqual(cluster.lines(), S1_TO_F);
  assert.equal(activeFilters(cluster.state, "*"), 0);
  assert.equal(nextWakeAt(cluster.state), undefined);
});

void test("recoverResources() lets a filter last an allocation interval at least", () => {
  const { cluster, allocation } = offered(60_000);
  cluster.recover(allocation, 1);
  cluster.nowMs += 59_999;
  assert.deepEqual(cluster.lines(), []);
  cluster.nowMs += 1;
  assert.deepEqual(cluster.lines(), S1_TO_F);
});

void test("recoverResources() with refuse_seconds 0 waits for the next interval, for that framework alone", () => {
  const { cluster, allocation } = offered();
  cluster.recover(allocation, 0);
  assert.deepEqual(cluster.lines(), [], "no hot loop");
  assert.equal(activeFilters(cluster.state, "*"), 0);
  const wakeAtMs = nextWakeAt(cluster.state) ?? 0;
  assert.ok(wakeAtMs > cluster.nowMs && wakeAtMs <= cluster.nowMs + 1000);
  cluster.nowMs = wakeAtMs;
  cluster.recover(only(cluster.run()), 0);
  cluster.framework("g", { roles: ["g"] });
  assert.deepEqual(cluster.lines(), ["s1 → g (g): cpus:2; mem:128"]);
});

void test("recoverResources() without filters offers again at once", () => {
  const { cluster, allocation } = offered();
  cluster.recover(allocation);
  assert.equal(nextWakeAt(cluster.state), 0);
  assert.deepEqual(cluster.lines(), S1_TO_F);
});

void test("a filter covers the same or less, not more", () => {
  const cluster = new TestCluster();
  cluster.framework("f").agent("s1", "cpus:4;mem:256");
  only(cluster.run());
  const recover = (text: string, filters?: { refuse_seconds: number }): void =>
    recoverResources(cluster.state, {
      frameworkId: "f",
      agentId: "s1",
      resources: allocated(text, "*"),
      filters,
      nowMs: cluster.nowMs,
    });
  recover("cpus:2;mem:64", { refuse_seconds: 60 });
  assert.deepEqual(cluster.lines(), []);
  recover("cpus:1;mem:64");
  assert.deepEqual(cluster.lines(), ["s1 → f (*): cpus:3; mem:128"]);
  recover("cpus:2;mem:64");
  assert.deepEqual(cluster.lines(), [], "exactly what was refused");
  recover("cpus:1;mem:64", { refuse_seconds: 60 });
  assert.deepEqual(cluster.lines(), ["s1 → f (*): cpus:3; mem:128"], "two refusals do not add up");
});

void test("filters are per role, agent and framework", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r1", "r2"] }).agent("s1", "cpus:1;mem:64");
  cluster.recover(only(cluster.run()), 60);
  const second = only(cluster.run());
  assert.equal(second.role, "r2");
  cluster.recover(second, 60);
  assert.deepEqual(cluster.lines(), []);
  cluster.agent("s2", "cpus:1;mem:64");
  assert.deepEqual(cluster.lines(), ["s2 → f (r1): cpus:1; mem:64"]);
});

void test("many refusals of one agent are bounded; a larger one replaces the smaller", () => {
  const cluster = new TestCluster();
  cluster
    .framework("f", { offerFilters: { "*": { min_allocatable_resources: {} } } })
    .agent("s1", "cpus:400;mem:400");
  only(cluster.run());
  const agent = cluster.state.agents.get("s1");
  const refuse = (text: string): void =>
    recoverResources(cluster.state, {
      frameworkId: "f",
      agentId: "s1",
      resources: allocated(text, "*"),
      filters: {},
      nowMs: 0,
    });
  for (let step = 0; step < 100; step++) refuse(`cpus:${3 - step * 0.01}`);
  assert.equal([...(agent?.refusals.values() ?? [])][0]?.length, MAX_REFUSALS_PER_AGENT);
  refuse("cpus:10");
  assert.equal([...(agent?.refusals.values() ?? [])][0]?.length, 1);
});

void test("suppressOffers() and reviveOffers() work by role; revival ends filters", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r1", "r2"] }).agent("s1", "cpus:1;mem:64");
  suppressOffers(cluster.state, "f", ["r1"]);
  assert.deepEqual(suppressedRoles(cluster.state, "f"), ["r1"]);
  const allocation = only(cluster.run());
  assert.equal(allocation.role, "r2");
  cluster.recover(allocation, 3600);
  assert.deepEqual(cluster.lines(), []);
  reviveOffers(cluster.state, "f", ["r2"]);
  cluster.recover(only(cluster.run()), 3600);
  suppressOffers(cluster.state, "f");
  assert.deepEqual(suppressedRoles(cluster.state, "f"), ["r1", "r2"]);
  reviveOffers(cluster.state, "f", ["r1", "unknown"]);
  assert.equal(only(cluster.run()).role, "r1");
  assert.deepEqual(suppressedRoles(cluster.state, "f"), ["r2"]);
});

void test("addFramework() takes suppressed roles", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r1", "r2"], suppressedRoles: ["r1", "r2"] }).agent("s1", "cpus:1;mem:64");
  assert.deepEqual(cluster.lines(), []);
  reviveOffers(cluster.state, "f");
  assert.equal(cluster.run().length, 1);
});

void test("deactivateFramework() stops offers and forgets filters until activateFramework()", () => {
  const { cluster, allocation } = offered();
  cluster.recover(allocation, 3600);
  deactivateFramework(cluster.state, "f");
  assert.deepEqual(cluster.lines(), []);
  activateFramework(cluster.state, "f");
  assert.deepEqual(cluster.lines(), S1_TO_F);
});

void test("activateFramework() keeps suppression", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { active: false, suppressedRoles: ["*"] }).agent("s1", "cpus:2;mem:128");
  activateFramework(cluster.state, "f");
  assert.deepEqual(cluster.lines(), []);
  reviveOffers(cluster.state, "f");
  assert.deepEqual(cluster.lines(), S1_TO_F);
});

void test("updateFramework() revives roles no longer suppressed and drops filters of roles it leaves", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r1"] }).agent("s1", "cpus:1;mem:64");
  cluster.recover(only(cluster.run()), 3600);
  updateFramework(cluster.state, frameworkFacts("f", { roles: ["r1"], suppressedRoles: ["r1"] }));
  assert.deepEqual(cluster.lines(), []);
  updateFramework(cluster.state, frameworkFacts("f", { roles: ["r1"] }));
  cluster.recover(only(cluster.run()), 3600);
  updateFramework(cluster.state, frameworkFacts("f", { roles: ["r1"] }));
  assert.deepEqual(cluster.lines(), [], "the filter of a role it keeps stays");
  updateFramework(cluster.state, frameworkFacts("f", { roles: ["r2"] }));
  assert.equal(only(cluster.run()).role, "r2");
  assert.deepEqual([...cluster.state.roles.keys()], ["r2"]);
});

void test("updateFramework() counts what is held in a role left behind until it is recovered", () => {
  const { cluster, allocation } = offered();
  updateFramework(cluster.state, frameworkFacts("f", { roles: ["r2"] }));
  assert.deepEqual(cluster.lines(), []);
  assert.ok(cluster.state.roles.has("*"));
  cluster.recover(allocation, 3600);
  assert.deepEqual(cluster.lines(), ["s1 → f (r2): cpus:2; mem:128"]);
  assert.ok(!cluster.state.roles.has("*"));
});

void test("updateAgent() with other attributes ends all filters on the agent", () => {
  const { cluster, allocation } = offered();
  cluster.recover(allocation, 3600);
  const attributes = [{ name: "rack", type: "TEXT" as const, text: { value: "a" } }];
  updateAgent(cluster.state, { agentId: "s1", info: { hostname: "s1" } });
  assert.deepEqual(cluster.lines(), []);
  updateAgent(cluster.state, { agentId: "s1", info: { hostname: "s1", attributes } });
  assert.deepEqual(cluster.lines(), S1_TO_F);
});

void test("recoverResources() ignores agents and frameworks that are gone, and refuses what is not held", () => {
  const { cluster, allocation } = offered();
  assert.throws(
    () =>
      recoverResources(cluster.state, {
        frameworkId: "f",
        agentId: "s1",
        resources: allocated("cpus:3", "*"),
        nowMs: 0,
      }),
    /Cannot recover resources on agent s1: framework f does not hold them/u,
  );
  assert.throws(
    () =>
      recoverResources(cluster.state, {
        frameworkId: "f",
        agentId: "s1",
        resources: resources("cpus:1"),
        nowMs: 0,
      }),
    TypeError,
  );
  removeAgent(cluster.state, "s1");
  cluster.recover(allocation, 5);
  recoverResources(cluster.state, {
    frameworkId: "x",
    agentId: "s1",
    resources: allocation.resources,
    nowMs: 0,
  });
  assert.deepEqual(cluster.lines(), []);
  assert.equal(nextWakeAt(cluster.state), undefined);
});

void test("an allocation interval of 0 still keeps declined resources for a moment", () => {
  const { cluster, allocation } = offered(0);
  cluster.recover(allocation, 0);
  assert.deepEqual(cluster.lines(), []);
  assert.equal(nextWakeAt(cluster.state), cluster.nowMs + 1);
});
