// The least that is worth an offer.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createAllocator } from "./index.ts";
import { isAllocatable, parseMinAllocatable } from "./min-allocatable.ts";
import { TestCluster, resources } from "./testing/test-cluster.ts";

void test("isAllocatable() asks for one set, and all amounts of it", () => {
  const table: [flag: string, text: string, allocatable: boolean][] = [
    ["cpus:0.01|mem:32", "cpus:0.01", true],
    ["cpus:0.01|mem:32", "mem:32;disk:5", true],
    ["cpus:0.01|mem:32", "mem:31;disk:500", false],
    ["cpus:1;mem:32;ports:2|disk:1", "cpus:1;mem:32;ports:[1-1]", false],
    ["cpus:1;mem:32;ports:2|disk:1", "cpus:1;mem:32;ports:[1-2]", true],
    ["cpus:1;mem:32;ports:2|disk:1", "disk:1", true],
    ["zones:2", "zones:{a,b}", true],
    ["zones:3", "zones:{a,b}", false],
    ["cpus:2", "cpus:1;cpus(role):1", true],
    ["", "ports:[1-1]", true],
  ];
  for (const [flag, text, allocatable] of table) {
    const minimum = parseMinAllocatable(flag);
    assert.ok(minimum.ok);
    assert.equal(isAllocatable(resources(text), minimum.value), allocatable, `${flag} of ${text}`);
    assert.equal(isAllocatable([], minimum.value), false, "nothing is never offered");
  }
});

void test("parseMinAllocatable() and createAllocator() refuse what they cannot read", () => {
  const parsed = parseMinAllocatable("cpus:x");
  assert.ok(!parsed.ok);
  assert.match(parsed.error, /Error parsing min_allocatable_resources 'cpus:x'/u);
  assert.throws(() => createAllocator({ minAllocatableResources: "cpus" }, () => 0), RangeError);
});

void test("allocate() holds back what is below the flag's minimum, or the framework's own for a role", () => {
  const cluster = new TestCluster({ minAllocatableResources: "cpus:2|mem:1000" });
  const own = (cpus: number): object => ({
    min_allocatable_resources: { quantities: [{ quantities: { cpus: { value: cpus } } }] },
  });
  cluster.agent("none", "cpus:1;mem:500").agent("cpu", "cpus:2;mem:10").agent("mem", "cpus:0.1;mem:1000");
  cluster.framework("f", { roles: ["r"] });
  assert.deepEqual(
    cluster.run().map(({ agentId }) => agentId),
    ["cpu", "mem"],
  );
  cluster.framework("picky", { roles: ["q"], offerFilters: { q: own(1.5) } });
  assert.deepEqual(cluster.lines(), []);
  cluster.framework("modest", { roles: ["q"], offerFilters: { q: own(0.5) } });
  assert.deepEqual(cluster.lines(), ["none → modest (q): cpus:1; mem:500"]);
  cluster
    .agent("bit", "disk:1")
    .framework("any", { roles: ["s"], offerFilters: { s: { min_allocatable_resources: {} } } });
  assert.deepEqual(cluster.lines(), ["bit → any (s): disk:1"]);
});
