// Scenarios of quota that went wrong once in Mesos, told anew; docs/checklists/allocator-tests.md says which is which.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Resource, allocateResources, formatResources, unallocateResources } from "@mezzo/wire";
import { type Allocation, updateAgent, updateAllocation } from "../index.ts";
import { checkInvariants } from "../testing/check-invariants.ts";
import { TestCluster, allocated, resources } from "../testing/test-cluster.ts";

/** The next tick, at which everything is looked at again. */
function tick(cluster: TestCluster): string[] {
  cluster.nowMs += 1000;
  const lines = cluster.lines();
  checkInvariants(cluster.state);
  return lines;
}

/** What is given at the next tick. */
function allocateAtTick(cluster: TestCluster): Allocation[] {
  cluster.nowMs += 1000;
  return cluster.run();
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
  cluster.agent("s1", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s1 → owner (g): cpus:1; mem:512"]);
  cluster.agent("s2", "cpus:1;mem:512");
  const second = only(cluster.run());
  assert.deepEqual([second.agentId, second.frameworkId], ["s2", "owner"]);
  cluster.recover(second, 2);
  assert.deepEqual(tick(cluster), []);
  assert.deepEqual(tick(cluster), ["s2 → owner (g): cpus:1; mem:512"]);
  cluster.agent("s3", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s3 → greedy (p): cpus:1; mem:512"], "beyond the guarantee");
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

void test("a role with a limit of nothing gets nothing, and a share of what others get once it is raised", () => {
  const cluster = new TestCluster().quota("*", "", "cpus:0;mem:0;disk:0").framework("f1", { roles: ["*"] });
  cluster.agent("s1", "cpus:2;mem:1024;disk:1024");
  assert.deepEqual(cluster.lines(), []);
  cluster.framework("f2", { roles: ["p"] });
  assert.deepEqual(cluster.lines(), ["s1 → f2 (p): cpus:2; mem:1024; disk:1024"]);
  cluster.quota("*", "", "cpus:1;mem:512;disk:512").agent("s2", "cpus:2;mem:1024;disk:1024");
  assert.deepEqual(cluster.lines(), [
    "s2 → f1 (*): cpus:1; mem:512; disk:512",
    "s2 → f2 (p): cpus:1; mem:512; disk:512",
  ]);
  checkInvariants(cluster.state);
});

void test("of an agent with more than a role's quota it gets just that, and the next one the rest", () => {
  const cluster = new TestCluster().framework("f1", { roles: ["g"] });
  promise(cluster, "g", "cpus:0.5;mem:200");
  cluster.agent("s1", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s1 → f1 (g): cpus:0.5; mem:200"]);
  cluster.framework("f2", { roles: ["p"] });
  assert.deepEqual(cluster.lines(), ["s1 → f2 (p): cpus:0.5; mem:312"]);
  checkInvariants(cluster.state);
});

void test("frameworks of a role with quota take turns by their shares, and what one declines is for the other", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:4;mem:2048");
  cluster.framework("f1", { roles: ["g"] }).framework("other", { roles: ["p"] });
  cluster.agent("s1", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s1 → f1 (g): cpus:1; mem:512"]);
  cluster.framework("f2", { roles: ["g"] }).agent("s2", "cpus:2;mem:1024");
  assert.deepEqual(cluster.lines(), ["s2 → f2 (g): cpus:2; mem:1024"]);
  cluster.agent("s3", "cpus:1;mem:512");
  const third = only(cluster.run());
  assert.deepEqual([third.agentId, third.frameworkId], ["s3", "f1"]);
  cluster.recover(third, 5);
  assert.deepEqual(cluster.lines(), ["s3 → f2 (g): cpus:1; mem:512"]);
  checkInvariants(cluster.state);
});

void test("a guarantee without frameworks keeps a whole agent, and only one", () => {
  const cluster = new TestCluster();
  promise(cluster, "absent", "cpus:2;mem:1024");
  cluster.framework("f", { roles: ["p"] }).agent("s1", "cpus:2;mem:1024");
  assert.deepEqual(cluster.lines(), []);
  cluster.agent("s2", "cpus:2;mem:1024");
  assert.match(cluster.lines().join(), /^s[12] → f \(p\): cpus:2; mem:1024$/u);
  assert.deepEqual(tick(cluster), []);
});

void test("without its quota a role shares as all others do", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:2;mem:1024");
  cluster.framework("owner", { roles: ["g"] }).framework("other", { roles: ["p"] });
  const held = allocated("cpus:1;mem:512", "g");
  for (const id of ["s1", "s2"]) cluster.agent(id, "cpus:1;mem:512", { used: [["owner", held]] });
  assert.deepEqual(cluster.lines(), []);
  cluster.quota("g", "");
  assert.deepEqual(cluster.lines(), []);
  cluster.recover({ frameworkId: "owner", agentId: "s1", role: "g", resources: held });
  assert.deepEqual(cluster.lines(), ["s1 → other (p): cpus:1; mem:512"]);
  checkInvariants(cluster.state);
});

void test("resources do not circle among those who decline while a guarantee waits", () => {
  const cluster = new TestCluster();
  cluster.framework("hungry", { roles: ["g"] }).framework("picky", { roles: ["p"] });
  cluster.agent("s1", "cpus:1;mem:512", { used: [["hungry", allocated("cpus:1;mem:512", "g")]] });
  cluster.agent("s2", "cpus:1;mem:512");
  const first = only(cluster.run());
  assert.equal(first.frameworkId, "picky");
  cluster.recover(first, 0);
  // The hungry one has a whole agent, and is no competition as long as nothing is promised to it.
  const again = only(allocateAtTick(cluster));
  assert.equal(again.frameworkId, "picky");
  cluster.recover(again, 0);
  promise(cluster, "g", "cpus:2;mem:1024");
  assert.deepEqual(tick(cluster), ["s2 → hungry (g): cpus:1; mem:512"]);
});

void test("a role without quota gets what is reserved for it, whatever is owed to others", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:2;mem:2048");
  cluster.agent("s1", "cpus:2;mem:2048;cpus(p):2;mem(p):2048").framework("owner", { roles: ["g"] });
  const offer = only(cluster.run());
  assert.equal(formatResources(unallocateResources(offer.resources)), "cpus:2; mem:2048");
  cluster.recover(offer, 86_400);
  cluster.framework("other", { roles: ["p"] });
  const reserved = "cpus(reservations: [(STATIC,p)]):2; mem(reservations: [(STATIC,p)]):2048";
  assert.deepEqual(cluster.lines(), [`s1 → other (p): ${reserved}`]);
  checkInvariants(cluster.state);
});

void test("a reservation that the role itself has declined counts against its limit as well", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:1;mem:1024");
  cluster.framework("f", { roles: ["g"] }).agent("s1", "cpus(g):1;mem(g):1024");
  cluster.recover(only(cluster.run()), 86_400);
  cluster.agent("s2", "cpus:1;mem:1024");
  assert.deepEqual(cluster.lines(), []);
  assert.deepEqual(tick(cluster), []);
});

void test("reservations in use count of the quota, so that others get what is left", () => {
  const cluster = new TestCluster();
  promise(cluster, "g", "cpus:2;mem:256");
  cluster.framework("f1", { roles: ["g"] }).framework("f2", { roles: ["p"] });
  const held = allocated("cpus:2;mem(g):256", "g");
  cluster.agent("s1", "cpus:8;mem(g):256", { used: [["f1", held]] });
  assert.deepEqual(cluster.lines(), ["s1 → f2 (p): cpus:6"]);
  cluster.agent("s2", "cpus:4");
  assert.deepEqual(cluster.lines(), ["s2 → f2 (p): cpus:4"]);
  checkInvariants(cluster.state);
});

void test("what is kept for a guarantee is not what is reserved for others", () => {
  const cluster = new TestCluster().agent("s1", "cpus:4;mem:512").agent("s2", "cpus:1");
  updateAgent(cluster.state, { agentId: "s2", total: reservedFor("y", "cpus:4;mem:512") });
  cluster.framework("x1", { roles: ["x"] });
  promise(cluster, "x", "cpus:4;mem:512");
  const plain = only(cluster.run());
  assert.deepEqual([plain.agentId, plain.frameworkId], ["s1", "x1"]);
  cluster.recover(plain, 10);
  assert.deepEqual(tick(cluster), []);
  cluster.framework("y1", { roles: ["y"] });
  const reserved = only(cluster.run());
  assert.deepEqual([reserved.agentId, reserved.frameworkId, reserved.resources.length], ["s2", "y1", 2]);
  cluster.recover(reserved, 10);
  assert.deepEqual(tick(cluster), [], "neither gets what is the other's");
});

void test("a role with more reservations than quota needs no headroom, and gives none away", () => {
  const cluster = new TestCluster();
  promise(cluster, "reserved", "cpus:1;mem:1024");
  promise(cluster, "bare", "cpus:1;mem:1024");
  cluster.agent("s1", "cpus(reserved):2;mem(reserved):2048").agent("s2", "cpus:1;mem:1024");
  cluster.framework("other", { roles: ["p"] });
  assert.deepEqual(cluster.lines(), []);
  cluster.agent("s3", "cpus:1;mem:1024");
  assert.deepEqual(cluster.lines(), ["s3 → other (p): cpus:1; mem:1024"]);
  assert.deepEqual(tick(cluster), []);
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
  // The memory of the agent before is kept for the other role.
  assert.deepEqual(cluster.lines(), ["s3 → f (one): mem:1024; ports:[31000-32000]"]);
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
  assert.deepEqual(cluster.lines(), [
    "s1 → child (a/b): cpus(reservations: [(STATIC,a)]):1; mem(reservations: [(STATIC,a)]):1024",
  ]);
  cluster.framework("other", { roles: ["p"] });
  assert.deepEqual(cluster.lines(), []);
  cluster.agent("s2", "cpus:1;mem:1024").agent("s3", "cpus:1;mem:1024");
  // One agent is kept for the guarantee, one is not.
  assert.match(cluster.lines().join(), /^s[23] → other \(p\): cpus:1; mem:1024$/u);
  assert.deepEqual(tick(cluster), []);
});

void test("a sub-role's reservation is consumed of its parent's quota", () => {
  const cluster = new TestCluster();
  promise(cluster, "a", "cpus:2;mem:200");
  cluster.agent("s1", "cpus(a/b):1;mem(a/b):100").agent("s2", "cpus:10;mem:1000");
  cluster.framework("parent", { roles: ["a"] });
  assert.deepEqual(cluster.lines(), ["s2 → parent (a): cpus:1; mem:100"]);
  cluster.framework("other", { roles: ["p"] });
  assert.deepEqual(cluster.lines(), ["s2 → other (p): cpus:9; mem:900"]);
  checkInvariants(cluster.state);
});

void test("what sub-roles hold does not count twice in what is free", () => {
  const cluster = new TestCluster();
  cluster.framework("child", { roles: ["a/b"] }).agent("s1", "cpus:1;mem:100");
  assert.deepEqual(cluster.lines(), ["s1 → child (a/b): cpus:1; mem:100"]);
  cluster.framework("parent", { roles: ["a"] }).agent("s2", "cpus:1;mem:100");
  assert.deepEqual(cluster.lines(), ["s2 → parent (a): cpus:1; mem:100"]);
  promise(cluster, "g", "cpus:1;mem:100");
  cluster.agent("s3", "cpus:1;mem:100");
  assert.deepEqual(cluster.lines(), []);
  cluster.agent("s4", "cpus:1;mem:100");
  assert.match(cluster.lines().join(), /^s[34] → \w+ \(a(\/b)?\): cpus:1; mem:100$/u);
  assert.deepEqual(tick(cluster), []);
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

void test("a role that has more than its quota is passed by, and the other gets just what it lacks", () => {
  const cluster = new TestCluster();
  promise(cluster, "small", "cpus:1;mem:200");
  promise(cluster, "large", "cpus:2;mem:2000");
  cluster.framework("s", { roles: ["small"] }).framework("l", { roles: ["large"] });
  const agent = "cpus:1;mem:1024";
  cluster.agent("s1", agent, { used: [["s", allocated(agent, "small")]] });
  cluster.agent("s2", agent, { used: [["l", allocated(agent, "large")]] });
  cluster.agent("s3", "cpus:2;mem:2048");
  assert.deepEqual(cluster.lines(), ["s3 → l (large): cpus:1; mem:976"]);
  checkInvariants(cluster.state);
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
  assert.deepEqual(cluster.lines(), [
    "s1 → f (g): cpus(reservations: [(STATIC,g)]):1; mem(reservations: [(STATIC,g)]):512",
  ]);
  cluster.agent("s2", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s2 → f (g): cpus:1; mem:512"]);
  cluster.agent("s3", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), []);
  checkInvariants(cluster.state);
});
