// Scenarios of quota that went wrong once in Mesos, told anew; docs/checklists/allocator-tests.md says which is which.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Resource, allocateResources } from "@mezzo/wire";
import { type Allocation, reviveOffers, updateAgent, updateAllocation } from "../index.ts";
import { checkInvariants } from "../testing/check-invariants.ts";
import { TestCluster, allocated, resources } from "../testing/test-cluster.ts";

/** The next tick, at which everything is looked at again. */
function tick(cluster: TestCluster): string[] {
  cluster.nowMs += 1000;
  const lines = cluster.lines();
  checkInvariants(cluster.state);
  return lines;
}

/** A guarantee that is the limit as well. */
function promise(cluster: TestCluster, role: string, amounts: string): void {
  cluster.quota(role, amounts, amounts);
}

function reservedFor(role: string, text: string): Resource[] {
  return resources(text).map((resource) => ({ ...resource, reservations: [{ type: "DYNAMIC", role }] }));
}

/** Reserves or frees part of what a framework holds. */
function convert(
  cluster: TestCluster,
  held: Allocation,
  { consumed, converted }: { consumed: readonly Resource[]; converted: readonly Resource[] },
): void {
  const { frameworkId, agentId, role, resources: offered } = held;
  const conversion = {
    consumed: allocateResources(consumed, role),
    converted: allocateResources(converted, role),
  };
  updateAllocation(cluster.state, { frameworkId, agentId, offered, conversions: [conversion] });
}

function only(allocations: readonly Allocation[]): Allocation {
  const [first] = allocations;
  assert.ok(first !== undefined && allocations.length === 1);
  return first;
}

void test("a greedy framework does not get what a role with a guarantee has declined", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:2;mem:1024");
  cluster.framework("owner", { roles: ["g"] }).framework("greedy", { roles: ["p"] });
  cluster.agent("s1", "cpus:1;mem:512").agent("s2", "cpus:1;mem:512");
  const offers = cluster.run();
  assert.deepEqual(new Set(offers.map(({ frameworkId }) => frameworkId)), new Set(["owner"]));
  for (const offer of offers) cluster.recover(offer, 3600);
  assert.deepEqual(tick(cluster), []);
  cluster.agent("s3", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines().length, 1, "what is beyond the guarantee is for everybody");
  checkInvariants(cluster.state);
});

void test("the default role can have quota", () => {
  const cluster = new TestCluster();
  promise(cluster, "*", "cpus:2;mem:1024");
  cluster.framework("f", { roles: ["*"] });
  for (const id of ["s1", "s2", "s3"]) cluster.agent(id, "cpus:1;mem:512");
  assert.equal(cluster.run().length, 2);
  checkInvariants(cluster.state);
});

void test("without its quota a role shares as all others do", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:2;mem:1024");
  cluster
    .framework("owner", { roles: ["g"] })
    .agent("s1", "cpus:1;mem:512")
    .agent("s2", "cpus:1;mem:512");
  const offers = cluster.run();
  assert.equal(offers.length, 2);
  cluster.framework("other", { roles: ["p"] }).quota("g", "");
  for (const offer of offers) cluster.recover(offer);
  assert.deepEqual(
    cluster
      .run()
      .map(({ frameworkId }) => frameworkId)
      .toSorted(),
    ["other", "owner"],
  );
});

void test("resources do not circle among those who decline while a guarantee waits", () => {
  const cluster = new TestCluster()
    .framework("hungry", { roles: ["g"] })
    .framework("picky", { roles: ["p"] });
  cluster.agent("s1", "cpus:1;mem:512");
  cluster.state.shares.version++;
  const first = only(cluster.run());
  const waiting = first.frameworkId === "hungry" ? "picky" : "hungry";
  cluster.agent("s2", "cpus:1;mem:512");
  const second = only(cluster.run());
  assert.equal(second.frameworkId, waiting);
  promise(cluster, "g", "cpus:2;mem:1024");
  const pickys = first.frameworkId === "picky" ? first : second;
  for (let round = 0; round < 3; round++) {
    cluster.nowMs += 1000;
    if (round === 0) cluster.recover(pickys, 0);
    for (const { frameworkId } of cluster.run()) assert.equal(frameworkId, "hungry");
  }
  checkInvariants(cluster.state);
});

void test("a role without quota gets what is reserved for it, whatever is owed to others", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:2;mem:1024");
  cluster.framework("owner", { roles: ["g"] }).framework("other", { roles: ["p"] });
  cluster.agent("s1", "cpus(p):1").agent("s2", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), [
    "s1 → other (p): cpus(reservations: [(STATIC,p)]):1",
    "s2 → owner (g): cpus:1; mem:512",
  ]);
});

void test("what is kept for a guarantee is not what is reserved for others", () => {
  const cluster = new TestCluster();
  promise(cluster, "x", "cpus:4;mem:512");
  cluster.framework("x1", { roles: ["x"] }).framework("y1", { roles: ["y"] });
  cluster.agent("s1", "cpus:4;mem:512").agent("s2", "cpus(y):4;mem(y):512");
  for (const offer of cluster.run()) cluster.recover(offer, 3600);
  assert.deepEqual(tick(cluster), []);
  reviveOffers(cluster.state, "y1");
  const lines = cluster.lines();
  assert.ok(
    lines.includes("s2 → y1 (y): cpus(reservations: [(STATIC,y)]):4; mem(reservations: [(STATIC,y)]):512"),
  );
  for (const line of lines) assert.doesNotMatch(line, /y1 \(y\): cpus:4/u);
});

void test("a role with more reservations than quota needs no headroom, and gives none away", () => {
  const cluster = new TestCluster();
  promise(cluster, "reserved", "cpus:1;mem:1024");
  promise(cluster, "bare", "cpus:1;mem:1024");
  cluster.agent("s1", "cpus(reserved):2;mem(reserved):2048").agent("s2", "cpus:1;mem:1024");
  cluster.framework("other", { roles: ["p"] });
  assert.deepEqual(cluster.lines(), []);
  cluster.agent("s3", "cpus:1;mem:1024");
  assert.equal(cluster.run().length, 1);
  checkInvariants(cluster.state);
});

void test("reserving what is held does not make a role owed less or more", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:10;mem:1024");
  cluster.framework("f", { roles: ["g"] }).agent("s1", "cpus:5;mem:512");
  const offer = only(cluster.run());
  const text = "cpus:5;mem:512";
  convert(cluster, offer, { consumed: resources(text), converted: reservedFor("g", text) });
  checkInvariants(cluster.state);
  cluster.agent("s2", "cpus:10;mem:1024");
  assert.deepEqual(cluster.lines(), ["s2 → f (g): cpus:5; mem:512"]);
});

void test("freeing a reservation of what is held does not make a role owed more", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:2;mem:1024");
  cluster.framework("f", { roles: ["g"] }).agent("s1", "cpus:1;mem:64");
  updateAgent(cluster.state, { agentId: "s1", total: reservedFor("g", "cpus:2;mem:1024") });
  const offer = only(cluster.run());
  cluster.agent("s2", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), []);
  const text = "cpus:2;mem:1024";
  convert(cluster, offer, { consumed: reservedFor("g", text), converted: resources(text) });
  checkInvariants(cluster.state);
  assert.deepEqual(tick(cluster), []);
});

void test("a shared volume that is offered twice is consumed once", () => {
  const volume = reservedFor("g", "disk:50").map((resource) => ({
    ...resource,
    shared: {},
    disk: { persistence: { id: "v" }, volume: { container_path: "p", mode: "RW" as const } },
  }));
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:3;mem:2048;disk:100");
  cluster.framework("f", { roles: ["g"], capabilities: ["SHARED_RESOURCES"] }).agent("s1", "cpus:1");
  const total = [...reservedFor("g", "cpus:2;mem:1024"), ...volume];
  updateAgent(cluster.state, { agentId: "s1", total });
  const offer = only(cluster.run());
  const part = allocateResources(reservedFor("g", "cpus:1;mem:512"), "g");
  cluster.recover({ ...offer, resources: part });
  assert.equal(only(cluster.run()).resources.length, 3, "the volume comes again");
  cluster.agent("s2", "cpus:1;mem:1024;disk:50");
  assert.deepEqual(cluster.lines(), ["s2 → f (g): cpus:1; mem:1024; disk:50"]);
  cluster.agent("s3", "cpus:0.5;mem:512;disk:50");
  assert.deepEqual(cluster.lines(), [], "the quota is used up");
});

void test("a guarantee of disk is met by disks of several kinds together", () => {
  const mount = {
    name: "disk",
    type: "SCALAR" as const,
    scalar: { value: 50 },
    disk: { source: { type: "MOUNT" as const, mount: { root: "/m" } } },
  };
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:1;mem:512;disk:100");
  cluster.agent("s1", "cpus:1").framework("f", { roles: ["g"] });
  updateAgent(cluster.state, { agentId: "s1", total: [...resources("cpus:1;mem:512;disk:50"), mount] });
  const sizes = only(cluster.run()).resources.flatMap(({ name, scalar }) =>
    name === "disk" ? [scalar?.value] : [],
  );
  assert.deepEqual(sizes, [50, 50]);
});

void test("what a role has no quota for comes with what it has, unless others are owed it", () => {
  const cluster = new TestCluster();
  promise(cluster, "one", "cpus:2");
  cluster.framework("f", { roles: ["one"] }).agent("s1", "cpus:1;mem:1024;ports:[31000-32000]");
  assert.deepEqual(cluster.lines(), ["s1 → f (one): cpus:1; mem:1024; ports:[31000-32000]"]);
  promise(cluster, "two", "mem:1024");
  cluster.agent("s2", "cpus:1;mem:1024;ports:[31000-32000]");
  assert.deepEqual(cluster.lines(), ["s2 → f (one): cpus:1; ports:[31000-32000]"]);
  cluster.agent("s3", "cpus:1;mem:1024;ports:[31000-32000]");
  // One agent's memory is kept for the other role; which one's is of no importance.
  assert.match(cluster.lines().join(), /^s[23] → f \(one\): mem:1024(; ports:\[31000-32000\])?$/u);
  checkInvariants(cluster.state);
});

void test("a role that has all of one resource still gets what it lacks of another", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:4;mem:1024");
  cluster.framework("f", { roles: ["g"] }).agent("s1", "cpus:2;mem:1024");
  assert.deepEqual(cluster.lines(), ["s1 → f (g): cpus:2; mem:1024"]);
  cluster.agent("s2", "cpus:2;mem:1024");
  assert.deepEqual(cluster.lines(), ["s2 → f (g): cpus:2"]);
});

void test("a parent's reservation used by a sub-role is no free resource", () => {
  const cluster = new TestCluster();
  cluster.agent("s1", "cpus(a):1;mem(a):1024").framework("child", { roles: ["a/b"] });
  promise(cluster, "g", "cpus:1;mem:1024");
  assert.equal(cluster.run().length, 1);
  cluster.framework("other", { roles: ["p"] });
  assert.deepEqual(cluster.lines(), []);
  cluster.agent("s2", "cpus:1;mem:1024").agent("s3", "cpus:1;mem:1024");
  assert.equal(cluster.run().length, 1, "one agent is kept for the guarantee, one is not");
  checkInvariants(cluster.state);
});

void test("a sub-role's reservation is consumed of its parent's quota", () => {
  const cluster = new TestCluster();
  promise(cluster, "a", "cpus:1;mem:1024");
  cluster.agent("s1", "cpus(a/b):1;mem(a/b):1024").framework("parent", { roles: ["a"] });
  cluster.agent("s2", "cpus:1;mem:1024");
  assert.deepEqual(cluster.lines(), []);
  cluster.framework("other", { roles: ["p"] });
  assert.deepEqual(cluster.lines(), ["s2 → other (p): cpus:1; mem:1024"]);
});

void test("what sub-roles hold does not count twice in what is free", () => {
  const cluster = new TestCluster();
  cluster.framework("child", { roles: ["a/b"] }).agent("s1", "cpus:1;mem:100");
  cluster.run();
  cluster.framework("parent", { roles: ["a"] }).agent("s2", "cpus:1;mem:100");
  assert.equal(cluster.run()[0]?.frameworkId, "parent");
  promise(cluster, "g", "cpus:1;mem:100");
  cluster.agent("s3", "cpus:1;mem:100");
  assert.deepEqual(cluster.lines(), []);
  cluster.agent("s4", "cpus:1;mem:100");
  assert.equal(cluster.run().length, 1);
  checkInvariants(cluster.state);
});

void test("a role that is served first by share does not starve another that lacks more", () => {
  const cluster = new TestCluster();
  promise(cluster, "small", "cpus:1;mem:200");
  promise(cluster, "large", "cpus:2;mem:2000");
  cluster.agent("s0", "cpus:1;mem:1000", { used: [["l", allocated("cpus:1;mem:1000", "large")]] });
  cluster.framework("s", { roles: ["small"] }).framework("l", { roles: ["large"] });
  cluster.agent("s1", "cpus:1;mem:200");
  assert.deepEqual(cluster.lines(), ["s1 → s (small): cpus:1; mem:200"]);
  cluster.agent("s2", "cpus:1;mem:1000");
  assert.deepEqual(cluster.lines(), ["s2 → l (large): cpus:1; mem:1000"]);
});

void test("a role whose guarantee is in use already gets no more than its limit, however small its share", () => {
  const cluster = new TestCluster().quota("q", "cpus:0.25;mem:128", "cpus:0.25;mem:128");
  cluster.framework("f1", { roles: ["q"] }).framework("f2", { roles: ["r"] });
  cluster.agent("s1", "cpus:1;mem:512", { used: [["f1", allocated("cpus:0.25;mem:128", "q")]] });
  assert.deepEqual(cluster.lines(), ["s1 → f2 (r): cpus:0.75; mem:384"]);
  cluster.agent("s2", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s2 → f2 (r): cpus:1; mem:512"]);
});

void test("reservations that are offered to the role itself count of its quota, too", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:2;mem:1024");
  cluster.framework("f", { roles: ["g"] }).agent("s1", "cpus(g):1;mem(g):512");
  assert.equal(cluster.run().length, 1);
  cluster.agent("s2", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s2 → f (g): cpus:1; mem:512"]);
  cluster.agent("s3", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), []);
  checkInvariants(cluster.state);
});
