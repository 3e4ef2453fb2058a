// What counts in a share, and how often; docs/checklists/allocator-tests.md says which scenario of Mesos is which.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Resource, allocateResources } from "@mezzo/wire";
import { hold, letGo } from "../holdings.ts";
import { allocatedQuantities, dominantShare, suppressOffers, updateAgent } from "../index.ts";
import { knownAgent } from "../known.ts";
import { runShareScript } from "../testing/share-script.ts";
import { TestCluster, allocated, resources } from "../testing/test-cluster.ts";

/** Frameworks of the roles' names, all of whose offers are suppressed: only what is given by hand is held. */
function clusterOf(total: readonly Resource[] | string, ...roles: string[]): TestCluster {
  const cluster = new TestCluster().agent("s1", "cpus:1");
  updateAgent(cluster.state, { agentId: "s1", total: typeof total === "string" ? resources(total) : total });
  for (const role of roles)
    cluster.framework(role, { roles: [role], capabilities: ["SHARED_RESOURCES"], suppressedRoles: [role] });
  return cluster;
}

function give(cluster: TestCluster, role: string, given: readonly Resource[], agentId = "s1"): void {
  const part = allocateResources(given, role);
  hold(cluster.state, knownAgent(cluster.state, agentId), { frameworkId: role, role, resources: part });
}

function take(cluster: TestCluster, role: string, taken: readonly Resource[]): void {
  const part = allocateResources(taken, role);
  letGo(cluster.state, knownAgent(cluster.state, "s1"), { frameworkId: role, role, resources: part });
}

function volume(role: string, id: string, options: { megabytes: number; shared?: boolean }): Resource[] {
  return resources(`disk(${role}):${options.megabytes}`).map((resource) => ({
    ...resource,
    disk: { persistence: { id }, volume: { container_path: "p", mode: "RW" as const } },
    ...(options.shared === true ? { shared: {} } : {}),
  }));
}

const FREE_DISK = "cpus:100;mem:100;disk:900";

void test("amounts of one name count together, however they are split", () => {
  const cluster = clusterOf(
    [...resources("cpus:100;mem:100;disk:95"), ...volume("a", "v", { megabytes: 5 })],
    "a",
  );
  give(cluster, "a", [...resources("disk:5;cpus:9;mem:9"), ...volume("a", "v", { megabytes: 5 })]);
  assert.equal(dominantShare(cluster.state, "a"), 0.1);
});

void test("a weight of an inner role divides the share of its whole subtree", () => {
  const script = `
    add a/x
    add a/y
    add b
    give a/x cpus:5;mem:5
    give a/y cpus:5;mem:5
    give b cpus:6;mem:6
    ?
    weight a 2
    ?
    weight a/y 3
    ?`;
  assert.deepEqual(runShareScript("cpus:100;mem:100", script), ["b a/x a/y", "a/x a/y b", "a/y a/x b"]);
});

void test("the order goes down into each subtree before it goes on", () => {
  const script = `
    add a
    add b
    add c/d
    add c/e
    add f/g/h
    give a cpus:6;mem:6
    give c/d cpus:3;mem:3
    give c/e cpus:4;mem:4
    give f/g/h cpus:5;mem:5
    ?`;
  assert.deepEqual(runShareScript("cpus:100;mem:100", script), ["b f/g/h a c/d c/e"]);
});

void test("what leaves the cluster with who held it changes the order at once", () => {
  const cluster = clusterOf("cpus:100;mem:100", "a", "b");
  give(cluster, "a", resources("cpus:10;mem:10"));
  give(cluster, "b", resources("cpus:10;mem:6"));
  take(cluster, "a", resources("cpus:5;mem:5"));
  updateAgent(cluster.state, { agentId: "s1", total: resources("cpus:95;mem:50") });
  assert.deepEqual([dominantShare(cluster.state, "a"), dominantShare(cluster.state, "b")], [0.1, 0.12]);
});

void test("revocable resources count as others do", () => {
  const revocable = resources("cpus:10").map((resource) => ({ ...resource, revocable: {} }));
  const cluster = clusterOf([...resources("cpus:10;mem:100"), ...revocable], "a", "b");
  give(cluster, "a", [
    ...resources("cpus:2;mem:1"),
    ...revocable.map((each) => ({ ...each, scalar: { value: 2 } })),
  ]);
  give(cluster, "b", resources("cpus:4;mem:1"));
  assert.deepEqual([dominantShare(cluster.state, "a"), dominantShare(cluster.state, "b")], [0.2, 0.2]);
});

void test("a shared volume counts once for a role, however often the role has it, until the last is gone", () => {
  const shared = volume("a", "v", { megabytes: 100, shared: true });
  const cluster = clusterOf([...resources(FREE_DISK), ...shared], "a");
  give(cluster, "a", [...shared, ...resources("cpus:1;mem:1")]);
  assert.equal(dominantShare(cluster.state, "a"), 0.1);
  give(cluster, "a", shared);
  assert.equal(dominantShare(cluster.state, "a"), 0.1);
  take(cluster, "a", shared);
  assert.equal(dominantShare(cluster.state, "a"), 0.1);
  take(cluster, "a", shared);
  assert.equal(dominantShare(cluster.state, "a"), 0.01);
});

void test("a shared volume counts for each role that has it, and may make them equal", () => {
  const shared = volume("*", "v", { megabytes: 100, shared: true }).map(
    ({ reservations: _reservations, ...rest }) => rest,
  );
  const cluster = clusterOf([...resources(FREE_DISK), ...shared], "a", "b");
  give(cluster, "a", [...shared, ...resources("cpus:1;mem:1")]);
  give(cluster, "b", [...shared, ...resources("cpus:5;mem:5")]);
  assert.deepEqual([dominantShare(cluster.state, "a"), dominantShare(cluster.state, "b")], [0.1, 0.1]);
});

void test("what a role holds is known while it wants no offers", () => {
  const cluster = clusterOf("cpus:10;mem:10", "a/b");
  give(cluster, "a/b", resources("cpus:1;mem:2"));
  suppressOffers(cluster.state, "a/b");
  const held = [
    ["cpus", 1],
    ["mem", 2],
  ];
  assert.deepEqual([...allocatedQuantities(cluster.state, "a/b")], held);
  assert.deepEqual([...allocatedQuantities(cluster.state, "a")], held);
});

void test("ports of the same numbers on two agents are two things", () => {
  const cluster = clusterOf("cpus:2;ports:[31000-32000]", "a").agent("s2", "cpus:2;ports:[31000-32000]");
  const part = resources("cpus:1;ports:[31000-32000]");
  give(cluster, "a", part);
  give(cluster, "a", part, "s2");
  for (const id of ["s1", "s2"])
    assert.deepEqual(knownAgent(cluster.state, id).held[0]?.resources, allocateResources(part, "a"));
  assert.equal(dominantShare(cluster.state, "a"), 0.5);
});

void test("a role is there while it has frameworks, reservations or quota, or a role below it has", () => {
  const cluster = new TestCluster().framework("f", { roles: ["a/b"] }).agent("s1", "cpus:1;cpus(c/d):1");
  cluster.quota("e", "cpus:1");
  assert.deepEqual([...cluster.state.roles.keys()].toSorted(), ["a", "a/b", "c", "c/d", "e"]);
  updateAgent(cluster.state, { agentId: "s1", total: resources("cpus:1") });
  cluster.quota("e", "");
  assert.deepEqual([...cluster.state.roles.keys()].toSorted(), ["a", "a/b"]);
  assert.equal(allocated("cpus:1", "a").length, 1);
});
