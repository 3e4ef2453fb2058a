// Quota as stories: what is promised is kept, what is forbidden is not given, the rest is shared as ever.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { recoverResources, removeFramework, reviveOffers, suppressOffers, updateQuota } from "../index.ts";
import { updateAgent } from "../update-agent.ts";
import { nextWakeAt } from "../next-wake-at.ts";
import { checkInvariants } from "../testing/check-invariants.ts";
import { TestCluster, allocated, resources } from "../testing/test-cluster.ts";

const INTERVAL_MS = 1000;

/** The next tick, at which everything is looked at again. */
function tick(cluster: TestCluster): string[] {
  cluster.nowMs += INTERVAL_MS;
  const lines = cluster.lines();
  checkInvariants(cluster.state);
  return lines;
}

void test("a guarantee is kept free for a role whose frameworks want no offers yet", () => {
  const cluster = new TestCluster().quota("g", "cpus:4;mem:2048");
  cluster.framework("owner", { roles: ["g"], suppressedRoles: ["g"] }).framework("other", { roles: ["p"] });
  cluster.agent("s1", "cpus:4;mem:2048").agent("s2", "cpus:4;mem:2048");
  const given = cluster.run();
  const cpus = given.flatMap((each) => each.resources).filter(({ name }) => name === "cpus");
  assert.deepEqual(new Set(given.map(({ frameworkId }) => frameworkId)), new Set(["other"]));
  assert.equal(
    cpus.reduce((sum, { scalar }) => sum + (scalar?.value ?? 0), 0),
    4,
  );
  checkInvariants(cluster.state);
  reviveOffers(cluster.state, "owner");
  assert.deepEqual(
    cluster.run().map(({ role }) => role),
    ["g"],
  );
});

void test("a role without frameworks keeps its guarantee too, but ports and reservations are nobody's hostages", () => {
  const cluster = new TestCluster({ minAllocatableResources: "" }).quota("absent", "cpus:2;mem:512");
  cluster.framework("other", { roles: ["p"] });
  cluster.agent("s1", "cpus:2;mem:512;ports:[1-5];cpus(p):1");
  assert.deepEqual(cluster.lines(), ["s1 → other (p): ports:[1-5]; cpus(reservations: [(STATIC,p)]):1"]);
});

void test("several absent roles are all cared for, and the surplus is shared", () => {
  const cluster = new TestCluster().quota("a", "cpus:1;mem:128").quota("b", "cpus:1;mem:128");
  cluster.framework("other", { roles: ["p"] }).agent("s1", "cpus:3;mem:512");
  assert.deepEqual(cluster.lines(), ["s1 → other (p): cpus:1; mem:256"]);
  checkInvariants(cluster.state);
});

void test("roles with an unsatisfied guarantee are served before those with a smaller share", () => {
  const cluster = new TestCluster().framework("owner", { roles: ["g"] }).framework("other", { roles: ["p"] });
  cluster.agent("s1", "cpus:1;mem:128");
  cluster.state.shares.version++;
  // Without quota the one with fewer allocations is next.
  assert.equal(cluster.run()[0]?.frameworkId, "owner");
  cluster.quota("g", "cpus:2;mem:256").agent("s2", "cpus:1;mem:128");
  assert.deepEqual(cluster.lines(), ["s2 → owner (g): cpus:1; mem:128"]);
  cluster.agent("s3", "cpus:1;mem:128");
  assert.deepEqual(cluster.lines(), ["s3 → other (p): cpus:1; mem:128"]);
});

void test("a limit cuts offers down, and holds for sub-roles together", () => {
  const cluster = new TestCluster().quota("eng", "", "cpus:3;mem:1024");
  cluster.framework("f1", { roles: ["eng"] }).agent("s1", "cpus:2;mem:512;disk:10");
  assert.deepEqual(cluster.lines(), ["s1 → f1 (eng): cpus:2; mem:512; disk:10"]);
  cluster.framework("f2", { roles: ["eng/web"] }).agent("s2", "cpus:2;mem:512;disk:10");
  assert.deepEqual(cluster.lines(), ["s2 → f2 (eng/web): cpus:1; mem:512; disk:10"]);
  cluster.agent("s3", "cpus:2;mem:512");
  assert.deepEqual(cluster.lines(), []);
  checkInvariants(cluster.state);
});

void test("a limit of zero gives nothing of the resource", () => {
  const cluster = new TestCluster().quota("r", "", "cpus:0;mem:0;disk:0");
  cluster.framework("f", { roles: ["r"] }).agent("s1", "cpus:2;mem:512;disk:10");
  assert.deepEqual(cluster.lines(), []);
  cluster.quota("r", "");
  assert.equal(nextWakeAt(cluster.state), 0);
  assert.deepEqual(cluster.lines(), ["s1 → f (r): cpus:2; mem:512; disk:10"]);
});

void test("what a role gives back goes to others of it, on other agents at the next tick", () => {
  const cluster = new TestCluster().quota("r", "", "cpus:2");
  cluster.framework("f1", { roles: ["r"] }).agent("s1", "cpus:2;mem:512");
  const [first] = cluster.run();
  assert.ok(first !== undefined);
  cluster.framework("f2", { roles: ["r"] }).agent("s2", "cpus:2;mem:16");
  assert.deepEqual(cluster.lines(), []);
  suppressOffers(cluster.state, "f1");
  cluster.recover({ ...first, resources: first.resources.filter(({ name }) => name === "cpus") });
  // On the agent itself at once; the other one had been kept from f2 by the limit, which has room no longer.
  assert.deepEqual(cluster.lines(), ["s1 → f2 (r): cpus:2"]);
  assert.deepEqual(tick(cluster), []);
});

void test("room under a limit is used on agents that were passed by before", () => {
  const cluster = new TestCluster().quota("r", "", "cpus:2");
  cluster.framework("f1", { roles: ["r"] }).agent("s1", "cpus:2;mem:512");
  const [first] = cluster.run();
  cluster.agent("s2", "cpus:2;mem:16");
  assert.deepEqual(cluster.lines(), []);
  assert.ok(first !== undefined);
  cluster.recover(first, 60);
  assert.deepEqual(cluster.lines(), []);
  assert.equal(nextWakeAt(cluster.state), Math.ceil((cluster.nowMs + 1) / INTERVAL_MS) * INTERVAL_MS);
  assert.deepEqual(tick(cluster), ["s2 → f1 (r): cpus:2; mem:16"]);
});

void test("several frameworks of a role share its guarantee", () => {
  const cluster = new TestCluster().quota("g", "cpus:2;mem:1024");
  cluster
    .framework("f1", { roles: ["g"] })
    .framework("f2", { roles: ["g"] })
    .framework("f3", { roles: ["p"] });
  for (const id of ["s1", "s2", "s3"]) cluster.agent(id, "cpus:1;mem:512");
  const owners = cluster.run().map(({ frameworkId }) => frameworkId);
  assert.deepEqual(owners.toSorted(), ["f1", "f2", "f3"]);
  checkInvariants(cluster.state);
});

void test("an agent is given whole to a role it brings nearer to its guarantee, within its limits", () => {
  const cluster = new TestCluster().quota("g", "cpus:1", "cpus:2");
  cluster.framework("f", { roles: ["g"] }).framework("other", { roles: ["p"], suppressedRoles: ["p"] });
  cluster.agent("s1", "cpus:4;mem:512;disk:10;ports:[1-9];gpus:0");
  assert.deepEqual(cluster.lines(), ["s1 → f (g): cpus:2; mem:512; disk:10; ports:[1-9]"]);
});

void test("a role over its guarantee does not burst into what others are owed", () => {
  const cluster = new TestCluster().quota("a", "cpus:1").quota("b", "cpus:3");
  cluster.framework("f", { roles: ["a"] }).agent("s1", "cpus:5;mem:512");
  assert.deepEqual(cluster.lines(), ["s1 → f (a): cpus:2; mem:512"]);
  checkInvariants(cluster.state);
});

void test("guarantees above the cluster are given as far as it goes", () => {
  const cluster = new TestCluster().quota("a", "cpus:10").quota("b", "cpus:10");
  cluster.framework("f", { roles: ["a"] }).framework("other", { roles: ["p"] });
  cluster.agent("s1", "cpus:4;mem:64").agent("s2", "cpus:4;mem:64");
  assert.deepEqual(cluster.lines(), ["s1 → f (a): cpus:4; mem:64", "s2 → f (a): cpus:4; mem:64"]);
  checkInvariants(cluster.state);
});

void test("reservations of a role count as consumed, whether used or not", () => {
  const cluster = new TestCluster().quota("g", "cpus:4;mem:512");
  cluster.framework("other", { roles: ["p"] });
  cluster.agent("s1", "cpus(g):3;mem(g):512").agent("s2", "cpus:4;mem:128");
  assert.deepEqual(cluster.lines(), ["s2 → other (p): cpus:3; mem:128"]);
  checkInvariants(cluster.state);
  // The reservation ends: what it stood for is owed again, and nobody's offer is taken back for it.
  updateAgent(cluster.state, { agentId: "s1", total: resources("cpus:3;mem:512") });
  assert.deepEqual(cluster.lines(), []);
  checkInvariants(cluster.state);
});

void test("a role gets its reservations beyond its limit", () => {
  const cluster = new TestCluster().quota("g", "", "cpus:1;mem:64");
  cluster.framework("f", { roles: ["g"] }).agent("s1", "cpus(g):2;mem(g):128;cpus:1;mem:64");
  assert.deepEqual(cluster.lines(), [
    "s1 → f (g): cpus(reservations: [(STATIC,g)]):2; mem(reservations: [(STATIC,g)]):128",
  ]);
});

void test("what cannot be cut is left out when it is more than the guarantee lacks", () => {
  const mount = {
    name: "disk",
    type: "SCALAR" as const,
    scalar: { value: 100 },
    disk: { source: { type: "MOUNT" as const, mount: { root: "/m" } } },
  };
  const cluster = new TestCluster().quota("g", "cpus:2;mem:2048;disk:150", "cpus:2;mem:2048;disk:150");
  cluster.framework("f", { roles: ["g"] });
  for (const id of ["s1", "s2"]) {
    cluster.agent(id, "cpus:0.5;mem:512");
    updateAgent(cluster.state, { agentId: id, total: [...resources("cpus:0.5;mem:512"), mount] });
    const names = cluster.run()[0]?.resources.map(({ name }) => name);
    assert.deepEqual(names, id === "s1" ? ["cpus", "mem", "disk"] : ["cpus", "mem"]);
  }
  cluster.agent("s3", "cpus:2;mem:2048;disk:150");
  assert.deepEqual(cluster.lines(), ["s3 → f (g): cpus:1; mem:1024; disk:50"]);
});

void test("a sub-role is served from its parent's guarantee", () => {
  const cluster = new TestCluster().quota("eng", "cpus:2;mem:256");
  cluster.framework("other", { roles: ["p"] }).framework("web", { roles: ["eng/web"] });
  cluster.agent("s1", "cpus:2;mem:256");
  assert.deepEqual(cluster.lines(), ["s1 → web (eng/web): cpus:2; mem:256"]);
  cluster.agent("s2", "cpus:2;mem:256");
  assert.deepEqual(cluster.lines(), ["s2 → other (p): cpus:2; mem:256"]);
});

void test("tasks that were there before the quota count", () => {
  const cluster = new TestCluster();
  cluster.agent("s1", "cpus:4;mem:512", { used: [["f", allocated("cpus:3;mem:256", "r/x")]] });
  cluster.quota("r", "", "cpus:4;mem:512").framework("f", { roles: ["r/x"] });
  checkInvariants(cluster.state);
  assert.deepEqual(cluster.lines(), ["s1 → f (r/x): cpus:1; mem:256"]);
  removeFramework(cluster.state, "f");
  checkInvariants(cluster.state);
});

void test("a decline within a role with quota is respected", () => {
  const cluster = new TestCluster().quota("g", "cpus:1;mem:64");
  cluster.framework("f", { roles: ["g"] }).agent("s1", "cpus:1;mem:64");
  const [offer] = cluster.run();
  assert.ok(offer !== undefined);
  recoverResources(cluster.state, { ...offer, filters: { refuse_seconds: 60 }, nowMs: cluster.nowMs });
  assert.deepEqual(tick(cluster), []);
  cluster.nowMs += 60_000;
  assert.deepEqual(cluster.lines(), ["s1 → f (g): cpus:1; mem:64"]);
});

void test("updateQuota() refuses nested roles and forgets roles without quota", () => {
  const cluster = new TestCluster();
  const none = { guarantees: new Map(), limits: new Map() };
  assert.throws(() => updateQuota(cluster.state, "a/b", none), /it is nested/);
  cluster.quota("a", "cpus:1").quota("b", "", "cpus:1");
  updateQuota(cluster.state, "a", none);
  assert.ok(cluster.state.quota !== undefined);
  updateQuota(cluster.state, "b", none);
  assert.deepEqual([cluster.state.quota, cluster.state.roles.size], [undefined, 0]);
  updateQuota(cluster.state, "never", none);
});
