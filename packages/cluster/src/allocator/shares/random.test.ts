// The random sorter: everybody's chance is their part of the weights among those that want offers.
// Counterparts of the RandomSorter tests in Mesos' src/tests/sorter_tests.cpp.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createDice } from "../dice.ts";
import { reviveOffers, removeFramework, suppressOffers, updateWeights } from "../index.ts";
import type { AllocatorOptions } from "../options.ts";
import { TestCluster } from "../testing/test-cluster.ts";
import { createUrn, drawAll } from "./draw.ts";
import { walkClients } from "./walk.ts";

const WALKS = 4000;

/** How far a count may be from what is expected: five standard deviations of a fair coin. */
const TOLERANCE = 5 * Math.sqrt(WALKS / 4);

const RANDOM: AllocatorOptions = { roleSorter: "random", frameworkSorter: "random" };

function walk(cluster: TestCluster): string[] {
  const met: string[] = [];
  walkClients(cluster.state.shares, ({ framework, role }) => {
    met.push(`${role.name}:${framework.id}`);
    return "next";
  });
  return met;
}

/** How often each came first. */
function firsts(cluster: TestCluster): Map<string, number> {
  const counts = new Map<string, number>();
  for (let index = 0; index < WALKS; index++) {
    const [first = ""] = walk(cluster);
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return counts;
}

function assertChances(counts: ReadonlyMap<string, number>, chances: Record<string, number>): void {
  for (const [name, chance] of Object.entries(chances)) {
    const count = counts.get(name) ?? 0;
    assert.ok(Math.abs(count - chance * WALKS) < TOLERANCE, `${name} came first ${count} times of ${WALKS}`);
  }
}

void test("roles come first as often as their weights say", () => {
  const weights = new Map([
    ["a", 2],
    ["b", 1],
    ["c", 1],
  ]);
  const cluster = new TestCluster({ ...RANDOM, weights });
  for (const role of ["a", "b", "c"]) cluster.framework(`f-${role}`, { roles: [role] });
  assertChances(firsts(cluster), { "a:f-a": 0.5, "b:f-b": 0.25, "c:f-c": 0.25 });
  updateWeights(cluster.state, [["a", 6]]);
  assertChances(firsts(cluster), { "a:f-a": 0.75, "b:f-b": 0.125, "c:f-c": 0.125 });
  suppressOffers(cluster.state, "f-a");
  assertChances(firsts(cluster), { "b:f-b": 0.5, "c:f-c": 0.5 });
  removeFramework(cluster.state, "f-c");
  assert.deepEqual(walk(cluster), ["b:f-b"]);
  reviveOffers(cluster.state, "f-a");
  assert.equal(walk(cluster).length, 2);
});

void test("a sub-role's chance is its part of its parent's", () => {
  const cluster = new TestCluster({ ...RANDOM, weights: new Map([["a/x", 3]]) });
  for (const role of ["a/x", "a/y", "b"]) cluster.framework(`f-${role}`, { roles: [role] });
  assertChances(firsts(cluster), { "a/x:f-a/x": 0.375, "a/y:f-a/y": 0.125, "b:f-b": 0.5 });
  // A role's own frameworks are one competitor among its sub-roles.
  cluster.framework("f-a", { roles: ["a"] });
  assertChances(firsts(cluster), { "a/x:f-a/x": 0.3, "a/y:f-a/y": 0.1, "a:f-a": 0.1, "b:f-b": 0.5 });
});

void test("every order has everybody once, roles among each other and frameworks within", () => {
  const cluster = new TestCluster(RANDOM);
  for (const id of ["1", "2", "3"]) cluster.framework(id, { roles: ["a", "b/c"] });
  const orders = new Set<string>();
  for (let index = 0; index < 200; index++) {
    const met = walk(cluster);
    assert.deepEqual(met.toSorted(), ["a:1", "a:2", "a:3", "b/c:1", "b/c:2", "b/c:3"]);
    orders.add(met.join(" "));
  }
  assert.ok(orders.size > 20);
});

void test("roles may be drawn while frameworks go by share, and the other way round", () => {
  const drawnRoles = new TestCluster({ roleSorter: "random" });
  const drawnFrameworks = new TestCluster({ frameworkSorter: "random" });
  for (const cluster of [drawnRoles, drawnFrameworks])
    for (const id of ["1", "2"]) cluster.framework(id, { roles: ["a", "b"] });
  const orders = (cluster: TestCluster): Set<string> =>
    new Set(Array.from({ length: 100 }, () => walk(cluster).join(" ")));
  assert.deepEqual(orders(drawnRoles), new Set(["a:1 a:2 b:1 b:2", "b:1 b:2 a:1 a:2"]));
  assert.equal(orders(drawnFrameworks).size, 4);
});

void test("drawAll() gives every index once, however uneven the weights are", () => {
  const dice = createDice(0.3);
  for (const weights of [[], [1], [1, 1, 1], [1e9, 1, 1, 1e-9]]) {
    const drawn = [...drawAll(createUrn(weights), dice)];
    assert.deepEqual(new Set(drawn), new Set(weights.keys()));
    assert.equal(drawn.length, weights.length);
  }
});

void test("guarantees are kept under the random sorter too", () => {
  const cluster = new TestCluster(RANDOM).quota("g", "cpus:2;mem:64");
  cluster.framework("owner", { roles: ["g"] }).framework("other", { roles: ["p"] });
  cluster.agent("s1", "cpus:2;mem:64");
  assert.deepEqual(cluster.lines(), ["s1 → owner (g): cpus:2; mem:64"]);
});
