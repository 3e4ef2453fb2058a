// Operations on offers and by operators change what an agent has, not how much.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Resource, allocateResources, formatResources, unallocateResources } from "@mezzo/wire";
import { dominantShare, nextWakeAt, updateAllocation, updateAvailable } from "./index.ts";
import { TestCluster, allocated, resources } from "./testing/test-cluster.ts";

const reserved = (text: string): Resource[] =>
  resources(text).map((resource) => ({ ...resource, reservations: [{ type: "DYNAMIC", role: "r" }] }));

void test("updateAllocation() replaces what is held, and the agent's total", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r"] }).agent("s1", "cpus:4;mem:256");
  const [allocation] = cluster.run();
  assert.ok(allocation !== undefined);
  const conversion = {
    consumed: allocated("cpus:1", "r"),
    converted: allocateResources(reserved("cpus:1"), "r"),
  };
  updateAllocation(cluster.state, {
    frameworkId: "f",
    agentId: "s1",
    offered: allocation.resources,
    conversions: [conversion],
  });
  const agent = cluster.state.agents.get("s1");
  assert.equal(formatResources(agent?.total ?? []), "cpus:3; mem:256; cpus(reservations: [(DYNAMIC,r)]):1");
  assert.equal(
    formatResources(unallocateResources(agent?.held[0]?.resources ?? [])),
    formatResources(agent?.total ?? []),
  );
  assert.equal(dominantShare(cluster.state, "r"), 1);
  assert.equal(cluster.state.roles.get("r")?.node.count, 1, "no further allocation");
  cluster.recover({ ...allocation, resources: conversion.converted });
  assert.deepEqual(cluster.lines(), ["s1 → f (r): cpus(reservations: [(DYNAMIC,r)]):1"]);
});

void test("updateAllocation() takes away what an operation removes, and adds copies of shared volumes only to the holding", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r"] }).agent("s1", "cpus:4;mem:256");
  const [allocation] = cluster.run();
  assert.ok(allocation !== undefined);
  const { frameworkId, agentId, resources: offered } = allocation;
  updateAllocation(cluster.state, { frameworkId, agentId, offered, conversions: [] });
  updateAllocation(cluster.state, {
    frameworkId,
    agentId,
    offered,
    conversions: [
      { consumed: allocated("mem:256", "r"), converted: [] },
      { consumed: [], converted: allocated("disk:1", "r") },
    ],
  });
  assert.equal(formatResources(cluster.state.agents.get("s1")?.total ?? []), "cpus:4");
  assert.throws(
    () =>
      updateAllocation(cluster.state, {
        frameworkId,
        agentId,
        offered,
        conversions: [{ consumed: allocated("gpus:1", "r"), converted: [] }],
      }),
    /Cannot update the allocation of framework f on agent s1: .* does not contain/u,
  );
});

void test("updateAllocation() makes a shared volume, and destroys it", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["r"], capabilities: ["SHARED_RESOURCES"] });
  cluster.agent("s1", "cpus:4;mem:256;disk(r):50");
  const [free] = resources("disk(r):50");
  assert.ok(free !== undefined);
  const volume: Resource = {
    ...free,
    shared: {},
    disk: { persistence: { id: "v" }, volume: { container_path: "p", mode: "RW" } },
  };
  const convert = (from: Resource, to: Resource): void => {
    const [held] = cluster.run();
    assert.ok(held !== undefined);
    const { frameworkId, agentId, resources: offered } = held;
    const [consumed, converted] = [from, to].map((one) => allocateResources([one], "r"));
    assert.ok(consumed !== undefined && converted !== undefined);
    updateAllocation(cluster.state, {
      frameworkId,
      agentId,
      offered,
      conversions: [{ consumed, converted }],
    });
    const now = cluster.state.agents.get("s1")?.held[0]?.resources;
    assert.ok(now !== undefined);
    cluster.recover({ ...held, resources: [...now] });
  };
  const before = formatResources(cluster.state.agents.get("s1")?.total ?? []);
  convert(free, volume);
  assert.match(formatResources(cluster.state.agents.get("s1")?.total ?? []), /SHARED/u);
  convert(volume, free);
  assert.equal(formatResources(cluster.state.agents.get("s1")?.total ?? []), before);
  assert.equal(cluster.run().length, 1);
});

void test("updateAllocation() of a sub-role changes nothing in the order of those above", () => {
  const cluster = new TestCluster();
  cluster.framework("x", { roles: ["a/x"] }).agent("s1", "cpus:5;mem:50");
  const [held] = cluster.run();
  assert.ok(held !== undefined);
  cluster.framework("y", { roles: ["a/y"] }).framework("b", { roles: ["b"] });
  const shares = (): number[] => ["a/x", "a/y", "b"].map((role) => dominantShare(cluster.state, role));
  const [before, subtree] = [shares(), cluster.state.roles.get("a")?.node.totals.slice()];
  const { frameworkId, agentId, resources: offered } = held;
  const conversion = {
    consumed: allocated("cpus:5", "a/x"),
    converted: allocateResources(reserved("cpus:5"), "a/x"),
  };
  updateAllocation(cluster.state, { frameworkId, agentId, offered, conversions: [conversion] });
  assert.deepEqual(shares(), before);
  assert.deepEqual(cluster.state.roles.get("a")?.node.totals, subtree);
  cluster.agent("s2", "cpus:5;mem:50");
  assert.equal(cluster.run()[0]?.frameworkId, "b");
  cluster.agent("s3", "cpus:5;mem:50").agent("s4", "cpus:5;mem:50");
  assert.deepEqual(
    cluster
      .run()
      .map(({ frameworkId: id }) => id)
      .toSorted(),
    ["b", "y"],
  );
});

void test("updateAllocation() changes what is held on each agent by itself", () => {
  const cluster = new TestCluster().framework("f", { roles: ["r"] });
  for (const id of ["s1", "s2"]) cluster.agent(id, "cpus:2;mem:512;ports:[31000-32000]");
  const given = cluster.run();
  const totals = cluster.state.roles.get("r")?.node.totals.slice();
  for (const { frameworkId, agentId, resources: offered } of given) {
    const conversion = {
      consumed: allocated("cpus:1", "r"),
      converted: allocateResources(reserved("cpus:1"), "r"),
    };
    updateAllocation(cluster.state, { frameworkId, agentId, offered, conversions: [conversion] });
  }
  const held = ["s1", "s2"].map((id) => cluster.state.agents.get(id)?.held[0]?.resources ?? []);
  assert.deepEqual(
    held.map((some) => formatResources(unallocateResources(some))),
    Array(2).fill("cpus:1; mem:512; ports:[31000-32000]; cpus(reservations: [(DYNAMIC,r)]):1"),
  );
  assert.deepEqual(cluster.state.roles.get("r")?.node.totals, totals);
});

void test("updateAvailable() changes free resources and refuses those that are offered", () => {
  const cluster = new TestCluster();
  cluster.agent("s1", "cpus:4;mem:256");
  const conversions = [{ consumed: resources("cpus:1"), converted: reserved("cpus:1") }];
  const update = { agentId: "s1", conversions, nowMs: cluster.nowMs };
  assert.deepEqual(updateAvailable(cluster.state, update), { ok: true, value: undefined });
  cluster.framework("f", { roles: ["q"] });
  assert.deepEqual(cluster.lines(), ["s1 → f (q): cpus:3; mem:256"]);
  const refused = updateAvailable(cluster.state, update);
  assert.ok(!refused.ok);
  assert.match(refused.error, /does not contain cpus:1/u);
});

void test("updateAvailable() has what is free then wait for the next tick", () => {
  const cluster = new TestCluster({ allocationIntervalMs: 1000 });
  cluster.framework("f", { roles: ["q"] }).run();
  cluster.agent("s1", "cpus:4;mem:256");
  const conversions = [{ consumed: resources("cpus:1"), converted: reserved("cpus:1") }];
  updateAvailable(cluster.state, { agentId: "s1", conversions, nowMs: cluster.nowMs + 1 });
  assert.deepEqual(cluster.lines(), []);
  cluster.nowMs = nextWakeAt(cluster.state) ?? 0;
  assert.deepEqual(cluster.lines(), ["s1 → f (q): cpus:3; mem:256"]);
});
