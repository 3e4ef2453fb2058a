// Scenarios of sharing that went wrong once in Mesos, told anew; docs/checklists/allocator-tests.md says which is which.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { allocateResources } from "@mezzo/wire";
import { addResourceProvider } from "./add-resource-provider.ts";
import {
  activateFramework,
  dominantShare,
  removeAgent,
  updateAgent,
  updateFramework,
  updateWeights,
} from "./index.ts";
import { allocateInverseOffers } from "./inverse-offers/allocate-inverse-offers.ts";
import { updateUnavailability } from "./inverse-offers/update-unavailability.ts";
import { checkInvariants } from "./testing/check-invariants.ts";
import { TestCluster, allocated, frameworkFacts, resources } from "./testing/test-cluster.ts";

void test("agents are given whole: two frameworks get one of two agents each", () => {
  const cluster = new TestCluster().framework("f1", { roles: ["a"] }).framework("f2", { roles: ["b"] });
  cluster.agent("s1", "cpus:2;mem:1024").agent("s2", "cpus:2;mem:1024");
  const owners = cluster.run().map(({ frameworkId }) => frameworkId);
  assert.deepEqual(owners.toSorted(), ["f1", "f2"]);
});

void test("weights share six agents one to two, and six more one to two to three", () => {
  const cluster = new TestCluster({ weights: new Map([["a", 1]]) }).framework("f1", { roles: ["a"] });
  updateWeights(cluster.state, [["b", 2]]);
  cluster.framework("f2", { roles: ["b"] });
  for (let index = 0; index < 6; index++) cluster.agent(`s${index}`, "cpus:2;mem:1024");
  const count = (of: string): number => held.filter(({ frameworkId }) => frameworkId === of).length;
  let held = cluster.run();
  assert.deepEqual([count("f1"), count("f2")], [2, 4]);
  updateWeights(cluster.state, [["c", 3]]);
  cluster.framework("f3", { roles: ["c"] });
  for (const allocation of held) cluster.recover(allocation);
  held = cluster.run();
  assert.deepEqual([count("f1"), count("f2"), count("f3")], [1, 2, 3]);
});

void test("an agent with work of unknown frameworks and a planned maintenance breaks nothing", () => {
  const cluster = new TestCluster().framework("f", { roles: ["r"] });
  const unavailability = { start: { nanoseconds: 1e18 } };
  cluster.agent("s1", "cpus:2;mem:1024", {
    used: [["unknown", allocated("cpus:2;mem:1024", "r")]],
    unavailability,
  });
  cluster.agent("s2", "cpus:1;mem:512");
  assert.equal(cluster.run()[0]?.agentId, "s2");
  updateUnavailability(cluster.state, "s2", unavailability);
  const asked = allocateInverseOffers(cluster.state, cluster.nowMs);
  assert.deepEqual(
    asked.map(({ frameworkId, agentId }) => [frameworkId, agentId]),
    [["f", "s2"]],
  );
});

void test("a framework that understands nothing on an agent does not keep it from the next", () => {
  const cluster = new TestCluster();
  cluster.framework("knows", { roles: ["r/s"], capabilities: ["RESERVATION_REFINEMENT"] });
  cluster.agent("s1", "cpus:1;mem:64");
  assert.equal(cluster.run().length, 1);
  cluster.framework("old", { roles: ["r/s"] });
  cluster.agent("s2", "cpus:1;mem:64");
  const refined = resources("cpus:1;mem:100").map((resource) => ({
    ...resource,
    reservations: [
      { type: "STATIC" as const, role: "r" },
      { type: "DYNAMIC" as const, role: "r/s" },
    ],
  }));
  updateAgent(cluster.state, { agentId: "s2", total: refined });
  assert.deepEqual(
    cluster.run().map(({ frameworkId, agentId }) => [frameworkId, agentId]),
    [["knows", "s2"]],
  );
});

void test("agents on which only ports are reserved come and go", () => {
  const cluster = new TestCluster().quota("r", "cpus:1").framework("f", { roles: ["r"] });
  cluster.agent("s1", "cpus:1;mem:64;ports(r):[100-200]").agent("s2", "cpus:1;mem:64;ports(r):[100-200]");
  cluster.run();
  checkInvariants(cluster.state);
  removeAgent(cluster.state, "s1");
  removeAgent(cluster.state, "s2");
  checkInvariants(cluster.state);
});

void test("an agent whose provider brings more counts what of it is in use", () => {
  const cluster = new TestCluster().framework("f1", { roles: ["a"], active: false });
  cluster.agent("s1", "cpus:1;mem:100").framework("f2", { roles: ["b"], active: false });
  addResourceProvider(cluster.state, {
    agentId: "s1",
    total: resources("disk:10;mem:100"),
    used: [["f1", allocated("disk:10;mem:100", "a")]],
  });
  assert.equal(dominantShare(cluster.state, "a"), 1);
  activateFramework(cluster.state, "f1");
  activateFramework(cluster.state, "f2");
  assert.deepEqual(cluster.lines(), ["s1 → f2 (b): cpus:1; mem:100"]);
  checkInvariants(cluster.state);
});

void test("a provider that only reports use leaves the other half of the agent", () => {
  const cluster = new TestCluster().agent("s1", "cpus:2;mem:200");
  cluster.framework("f", { roles: ["a"], active: false });
  addResourceProvider(cluster.state, {
    agentId: "s1",
    total: [],
    used: [["f", allocated("cpus:1;mem:100", "a")]],
  });
  activateFramework(cluster.state, "f");
  assert.deepEqual(cluster.lines(), ["s1 → f (a): cpus:1; mem:100"]);
  checkInvariants(cluster.state);
});

void test("a framework may ask for less than the flag's minimum, also later, or for nothing in particular", () => {
  const cluster = new TestCluster({ minAllocatableResources: "cpus:1|mem:100" });
  cluster.framework("f", { roles: ["r"] }).agent("s1", "cpus:0.5;mem:50");
  assert.deepEqual(cluster.lines(), []);
  const least = (amounts: Record<string, { value: number }>): ReturnType<typeof frameworkFacts> =>
    frameworkFacts("f", {
      roles: ["r"],
      offerFilters: { r: { min_allocatable_resources: { quantities: [{ quantities: amounts }] } } },
    });
  updateFramework(cluster.state, least({ cpus: { value: 0.5 } }));
  const [offer] = cluster.run();
  assert.ok(offer !== undefined);
  updateFramework(cluster.state, least({ cpus: { value: 0.6 } }));
  cluster.recover(offer);
  assert.deepEqual(cluster.lines(), []);
  const anything = { r: { min_allocatable_resources: {} } };
  updateFramework(cluster.state, frameworkFacts("f", { roles: ["r"], offerFilters: anything }));
  assert.equal(cluster.run().length, 1);
});

void test("revocable resources come and go beside what is in use", () => {
  const revocable = resources("cpus:10").map((resource) => ({ ...resource, revocable: {} }));
  const cluster = new TestCluster();
  cluster
    .framework("f", { roles: ["r"], capabilities: ["REVOCABLE_RESOURCES"] })
    .agent("s1", "cpus:2;mem:64");
  assert.equal(cluster.run().length, 1);
  updateAgent(cluster.state, { agentId: "s1", total: [...resources("cpus:2;mem:64"), ...revocable] });
  const [offer] = cluster.run();
  assert.ok(offer !== undefined);
  const six = resources("cpus:6").map((resource) => ({ ...resource, revocable: {} }));
  cluster.recover({ ...offer, resources: allocateResources(six, "r") });
  assert.deepEqual(
    cluster.run().map(({ resources: given }) => given.map(({ scalar }) => scalar?.value)),
    [[6]],
  );
});
