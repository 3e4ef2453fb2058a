// Agents come, change and go: totals, what is already used on them, and who may be offered them.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { allocateResources } from "@mezzo/wire";
import {
  activateAgent,
  addFramework,
  clusterQuantities,
  deactivateAgent,
  dominantShare,
  frameworkShare,
  removeAgent,
  removeFramework,
  updateAgent,
  updateWhitelist,
} from "./index.ts";
import { TestCluster, allocated, frameworkFacts, resources } from "./testing/test-cluster.ts";

void test("addAgent() with resources in use offers the rest and counts the use, of frameworks known or not", () => {
  const cluster = new TestCluster();
  cluster.framework("known", { roles: ["a"] }).framework("idle", { roles: ["b"] });
  const used: [string, ReturnType<typeof allocated>][] = [
    ["known", allocated("cpus:2;mem:128", "a")],
    ["late", allocated("cpus:4;mem:128", "c")],
  ];
  cluster.agent("s1", "cpus:10;mem:1024", { used });
  assert.deepEqual(cluster.lines(), ["s1 → idle (b): cpus:4; mem:768"]);
  assert.equal(dominantShare(cluster.state, "a"), 0.2);
  assert.equal(dominantShare(cluster.state, "c"), 0);
  addFramework(cluster.state, frameworkFacts("late", { roles: ["c"], active: false }));
  assert.equal(dominantShare(cluster.state, "c", "late"), 0.4);
  assert.equal(frameworkShare(cluster.state, "late"), 0.4);
  removeFramework(cluster.state, "late");
  assert.deepEqual(cluster.lines(), ["s1 → known (a): cpus:4; mem:128"]);
});

void test("addAgent() refuses a known agent", () => {
  const cluster = new TestCluster().agent("s1", "cpus:1;mem:64");
  assert.throws(() => cluster.agent("s1", "cpus:1;mem:64"), /Cannot add agent s1: it is known/u);
});

void test("removeAgent() takes its resources out of all sums", () => {
  const cluster = new TestCluster();
  cluster
    .framework("f", { roles: ["r"] })
    .agent("s1", "cpus:1;mem:64;cpus(x):1")
    .agent("s2", "cpus:1;mem:64");
  cluster.run();
  removeAgent(cluster.state, "s1");
  assert.equal(dominantShare(cluster.state, "r"), 1);
  removeAgent(cluster.state, "s2");
  assert.equal(dominantShare(cluster.state, "r"), 0);
  assert.deepEqual([...cluster.state.roles.keys()], ["r"]);
  assert.deepEqual([...cluster.state.holders.get("f")!], []);
  assert.throws(() => removeAgent(cluster.state, "s2"), /Cannot find agent s2/u);
});

void test("updateAgent() with a larger total offers the rest, with a smaller one waits until it is used no more", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r"] }).agent("s1", "cpus:4;mem:256");
  const [allocation] = cluster.run();
  updateAgent(cluster.state, { agentId: "s1", total: resources("cpus:6;mem:256") });
  assert.deepEqual(cluster.lines(), ["s1 → f (r): cpus:2"]);
  updateAgent(cluster.state, { agentId: "s1", total: resources("cpus:3;mem:128") });
  assert.deepEqual(cluster.lines(), []);
  assert.ok(allocation !== undefined);
  cluster.recover(allocation);
  // 2 of 3 cpus are still held; of 4 that came back, 1 is real.
  assert.deepEqual(cluster.lines(), ["s1 → f (r): cpus:1; mem:128"]);
});

void test("an agent without a reservation that is in use is offered again when that use is over", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r"] }).agent("s1", "cpus(r):2;cpus:2;mem:64");
  const [allocation] = cluster.run();
  assert.ok(allocation !== undefined);
  const [reserved, ...others] = allocation.resources;
  assert.ok(reserved !== undefined);
  cluster.recover({ ...allocation, resources: others });
  updateAgent(cluster.state, { agentId: "s1", total: resources("cpus:4;mem:64") });
  assert.deepEqual(cluster.lines(), []);
  cluster.recover({ ...allocation, resources: [reserved] });
  assert.deepEqual(cluster.lines(), ["s1 → f (r): cpus:4; mem:64"]);
});

void test("updateAgent() counts revocable resources and gives them to frameworks that take them", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r"] }).agent("s1", "cpus:1;mem:64");
  cluster.run();
  const revocable = resources("cpus:2").map((resource) => ({ ...resource, revocable: {} }));
  updateAgent(cluster.state, { agentId: "s1", total: [...resources("cpus:1;mem:64"), ...revocable] });
  assert.deepEqual(cluster.lines(), []);
  cluster.framework("g", { roles: ["q"], capabilities: ["REVOCABLE_RESOURCES"] });
  assert.deepEqual(cluster.lines(), ["s1 → g (q): cpus{REV}:2"]);
  assert.equal(dominantShare(cluster.state, "q"), 2 / 3);
});

void test("updateAgent() offers the difference when more becomes revocable, and nothing when it becomes less", () => {
  const cluster = new TestCluster();
  const capabilities = ["REVOCABLE_RESOURCES" as const];
  cluster.framework("f", { roles: ["r"], capabilities }).agent("s1", "cpus:1;mem:64");
  cluster.run();
  const spare = (cpus: number): string[] => {
    const revocable = resources(`cpus:${cpus}`).map((resource) => ({ ...resource, revocable: {} }));
    updateAgent(cluster.state, { agentId: "s1", total: [...resources("cpus:1;mem:64"), ...revocable] });
    return cluster.lines();
  };
  assert.deepEqual(spare(10), ["s1 → f (r): cpus{REV}:10"]);
  assert.deepEqual(spare(12), ["s1 → f (r): cpus{REV}:2"]);
  assert.deepEqual(spare(5), []);
});

void test("deactivateAgent() stops offers of it until activateAgent()", () => {
  const cluster = new TestCluster();
  cluster.agent("s1", "cpus:1;mem:64").framework("f");
  deactivateAgent(cluster.state, "s1");
  assert.deepEqual(cluster.lines(), []);
  activateAgent(cluster.state, "s1");
  assert.deepEqual(cluster.lines(), ["s1 → f (*): cpus:1; mem:64"]);
});

void test("updateWhitelist() limits offers to hostnames", () => {
  const cluster = new TestCluster();
  updateWhitelist(cluster.state, ["s2"]);
  cluster.agent("s1", "cpus:1;mem:64").agent("s2", "cpus:1;mem:64").framework("f");
  assert.deepEqual(cluster.lines(), ["s2 → f (*): cpus:1; mem:64"]);
  updateWhitelist(cluster.state, undefined);
  assert.deepEqual(cluster.lines(), ["s1 → f (*): cpus:1; mem:64"]);
});

void test("GPU agents go to GPU frameworks, unless the flag says otherwise", () => {
  for (const filterGpuResources of [true, false]) {
    const cluster = new TestCluster({ filterGpuResources });
    cluster.framework("plain", { roles: ["a"] }).agent("s1", "cpus:1;mem:64;gpus:1");
    assert.equal(cluster.run().length, filterGpuResources ? 0 : 1);
    cluster.framework("gpu", { roles: ["b"], capabilities: ["GPU_RESOURCES"] });
    assert.equal(cluster.run().length, filterGpuResources ? 1 : 0);
  }
});

void test("agents of another region go to REGION_AWARE frameworks", () => {
  const domain = (
    region: string,
    zone: string,
  ): { fault_domain: { region: { name: string }; zone: { name: string } } } => ({
    fault_domain: { region: { name: region }, zone: { name: zone } },
  });
  const cluster = new TestCluster({ domain: domain("north", "z1") });
  cluster.framework("home", { roles: ["a"] });
  cluster.agent("near", "cpus:1;mem:64", { info: { domain: domain("north", "z2") } });
  cluster.agent("nowhere", "cpus:1;mem:64");
  cluster.agent("far", "cpus:1;mem:64", { info: { domain: domain("south", "z1") } });
  assert.deepEqual(
    cluster.run().map(({ agentId }) => agentId),
    ["near", "nowhere"],
  );
  cluster.framework("world", { roles: ["b"], capabilities: ["REGION_AWARE"] });
  assert.deepEqual(
    cluster.run().map(({ agentId, frameworkId }) => `${agentId} ${frameworkId}`),
    ["far world"],
  );
});

void test("old agents are kept from MULTI_ROLE frameworks and hierarchical roles", () => {
  const cluster = new TestCluster();
  cluster.framework("many", { roles: ["a"] }).framework("deep", { role: "x/y" });
  cluster.agent("old", "cpus:1;mem:64", { capabilities: [] });
  assert.deepEqual(cluster.lines(), []);
  cluster.agent("older", "cpus:1;mem:64", { capabilities: ["MULTI_ROLE"] });
  assert.deepEqual(cluster.lines(), ["older → many (a): cpus:1; mem:64"]);
  cluster.framework("one", { role: "q" });
  assert.deepEqual(cluster.lines(), ["old → one (q): cpus:1; mem:64"]);
  updateAgent(cluster.state, { agentId: "old", capabilities: ["MULTI_ROLE", "HIERARCHICAL_ROLE"] });
});

void test("updateAgent() with new capabilities offers it to those it was kept from", () => {
  const cluster = new TestCluster();
  cluster.framework("f").agent("s1", "cpus:1;mem:64", { capabilities: [] });
  assert.deepEqual(cluster.lines(), []);
  updateAgent(cluster.state, { agentId: "s1", capabilities: ["MULTI_ROLE"] });
  assert.equal(cluster.run().length, 1);
});

void test("refined reservations and shared volumes go to frameworks that know them", () => {
  const reservation = (role: string): { type: "DYNAMIC"; role: string } => ({ type: "DYNAMIC", role });
  const refined = resources("cpus:1").map((resource) => ({
    ...resource,
    reservations: [reservation("a"), reservation("a/b")],
  }));
  const volume = resources("disk:10").map((resource) => ({
    ...resource,
    reservations: [reservation("a/b")],
    shared: {},
    disk: { persistence: { id: "v" }, volume: { container_path: "p", mode: "RW" as const } },
  }));
  const cluster = new TestCluster();
  cluster.agent("s1", "cpus:1;mem:64");
  updateAgent(cluster.state, {
    agentId: "s1",
    total: [...resources("cpus:1;mem:64"), ...refined, ...volume],
  });
  cluster.framework("old", { roles: ["a/b"] });
  assert.deepEqual(cluster.lines(), ["s1 → old (a/b): cpus:1; mem:64"]);
  cluster.framework("new", { roles: ["a/b"], capabilities: ["RESERVATION_REFINEMENT", "SHARED_RESOURCES"] });
  const [allocation] = cluster.run();
  assert.deepEqual(allocation?.resources.map(({ name, shared }) => [name, shared !== undefined]).toSorted(), [
    ["cpus", false],
    ["disk", true],
  ]);
});

void test("a shared volume is offered again while it is in use, and counts once for each role and framework", () => {
  const volume = resources("disk(a):10").map((resource) => ({
    ...resource,
    shared: {},
    disk: { persistence: { id: "v" }, volume: { container_path: "p", mode: "RW" as const } },
  }));
  const cluster = new TestCluster({ minAllocatableResources: "cpus:1" });
  cluster
    .framework("f1", { roles: ["a"], capabilities: ["SHARED_RESOURCES"] })
    .agent("s1", "cpus:2;mem:64;disk:10");
  const total = [...resources("cpus:2;mem:64;disk:10"), ...volume];
  updateAgent(cluster.state, { agentId: "s1", total });
  const [first] = cluster.run();
  assert.equal(first?.resources.length, 4);
  assert.equal(clusterQuantities(cluster.state).get("disk")?.total, 20);
  cluster.recover({ ...first, resources: allocateResources(resources("cpus:1"), "a") });
  const [second] = cluster.run();
  assert.deepEqual(second?.resources.map(({ name }) => name).toSorted(), ["cpus", "disk"]);
  // Twice the volume's 10 of 20 would be more than all cpus, mem and disk are: the share stays 1.
  assert.equal(dominantShare(cluster.state, "a", "f1"), 1);
  assert.equal(
    cluster.state.roles.get("a")?.node.totals[cluster.state.names.indexes.get("disk") ?? -1],
    20_000,
  );
  cluster.recover(second);
  assert.equal(
    cluster.state.roles.get("a")?.node.totals[cluster.state.names.indexes.get("disk") ?? -1],
    20_000,
  );
  removeFramework(cluster.state, "f1");
  assert.deepEqual(
    cluster.state.shares.root.totals.filter((amount) => amount !== 0),
    [],
  );
});
