// The laws of the algebra, over resources of every kind.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Resource } from "../messages.gen.ts";
import { addResources, sumResources } from "./add-resources.ts";
import { allocateResources, unallocateResources } from "./allocate-resources.ts";
import { containsResources } from "./contains-resources.ts";
import { equalResources } from "./equal-resources.ts";
import { formatResources } from "./format-resources.ts";
import { normalizeResources, withoutSharedCopies } from "./normalize-resources.ts";
import { parseResources } from "./parse-resources.ts";
import { addQuantities, containsQuantities, quantitiesOf, subtractQuantities } from "./quantities.ts";
import { popReservation, pushReservation, toUnreserved } from "./reservation-stack.ts";
import { subtractResources } from "./subtract-resources.ts";
import {
  downgradeResources,
  toEndpointResource,
  upgradeResource,
  upgradeResources,
} from "./upgrade-resources.ts";

const scalar = fc.integer({ min: 1, max: 1_000_000 }).map((thousandths) => thousandths / 1000);

const amount: fc.Arbitrary<Resource> = fc.oneof(
  fc
    .record({ name: fc.constantFrom("cpus", "mem", "gpus"), value: scalar })
    .map(({ name, value }): Resource => ({ name, type: "SCALAR", scalar: { value } })),
  fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }).map((ports): Resource => ({
    name: "ports",
    type: "RANGES",
    ranges: { range: ports.map((port) => ({ begin: port, end: port })) },
  })),
  fc
    .uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 })
    .map((item): Resource => ({ name: "zones", type: "SET", set: { item } })),
);

const reservations = fc.constantFrom<Resource["reservations"]>(
  undefined,
  [{ type: "STATIC", role: "eng" }],
  [{ type: "DYNAMIC", role: "eng", principal: "p", labels: { labels: [{ key: "k" }] } }],
  [
    { type: "STATIC", role: "eng" },
    { type: "DYNAMIC", role: "eng/web" },
  ],
);

const extras: fc.Arbitrary<Partial<Resource>> = fc.record(
  {
    revocable: fc.constant({}),
    allocation_info: fc.constantFrom({ role: "eng" }, { role: "eng/web" }),
    provider_id: fc.constant({ value: "rp" }),
  },
  { requiredKeys: [] },
);

const resource = fc
  .record({ amount, reservations, extras })
  .map(({ amount, reservations, extras }): Resource => ({
    ...amount,
    ...extras,
    ...(reservations !== undefined && { reservations }),
  }));

const resources = fc.array(resource, { maxLength: 6 }).map((list) => normalizeResources(list));

/** Amounts whose sum cannot overlap: scalars only, so that sums are exact. */
const scalars = resources.map((list) => list.filter(({ type }) => type === "SCALAR"));

test("addResources() and subtractResources() undo each other", () => {
  fc.assert(
    fc.property(scalars, scalars, (a, b) => {
      assert.ok(equalResources(subtractResources(addResources(a, b), b), a));
    }),
  );
});

test("addResources() contains both and is commutative", () => {
  fc.assert(
    fc.property(resources, resources, (a, b) => {
      const sum = addResources(a, b);
      assert.ok(containsResources(sum, a));
      assert.ok(containsResources(sum, b));
      assert.ok(equalResources(sum, addResources(b, a)));
      assert.ok(equalResources(sum, sumResources([a, b])));
      assert.ok(containsResources(addResources(subtractResources(sum, b), b), sum));
    }),
  );
});

test("addResources() leaves its arguments alone and shares what does not change", () => {
  fc.assert(
    fc.property(resources, resources, (a, b) => {
      const before = JSON.stringify([a, b]);
      const names = new Set(b.map(({ name }) => name));
      const sum = addResources(a, b);
      subtractResources(sum, a);
      assert.equal(JSON.stringify([a, b]), before);
      for (const kept of a.filter(({ name }) => !names.has(name))) assert.ok(sum.includes(kept));
    }),
  );
});

test("quantitiesOf() conserves sums", () => {
  fc.assert(
    fc.property(scalars, scalars, (a, b) => {
      const [left, right] = [quantitiesOf(a), quantitiesOf(b)];
      const sum = addQuantities(left, right);
      assert.deepEqual(quantitiesOf(addResources(a, b)), new Map(sum));
      assert.deepEqual(subtractQuantities(sum, right), left);
      assert.ok(containsQuantities(sum, left));
      assert.deepEqual(quantitiesOf(toUnreserved(a)), left);
    }),
  );
});

test("upgradeResource() undoes downgradeResource() and the endpoint format", () => {
  fc.assert(
    fc.property(resources, (a) => {
      assert.deepEqual(upgradeResources(downgradeResources(a)), a);
      assert.deepEqual(upgradeResources(a), a);
      assert.deepEqual(
        a.map((one) => upgradeResource(toEndpointResource(one))),
        a,
      );
    }),
  );
});

test("unallocateResources() undoes allocateResources()", () => {
  fc.assert(
    fc.property(resources, (a) => {
      const free = unallocateResources(a);
      assert.ok(equalResources(unallocateResources(allocateResources(free, "r")), free));
    }),
  );
});

test("popReservation() undoes pushReservation()", () => {
  fc.assert(
    fc.property(resources, (a) => {
      const pushed = pushReservation(a, { type: "DYNAMIC", role: "eng/web/x" });
      assert.ok(equalResources(popReservation(pushed), a));
    }),
  );
});

test("parseResources() reads what formatResources() writes", () => {
  const plain = fc.array(amount, { maxLength: 5 }).map((list) => normalizeResources(list));
  fc.assert(
    fc.property(plain, (a) => {
      const parsed = parseResources(a.length === 0 ? "" : formatResources(a));
      assert.ok(parsed.ok);
      assert.ok(equalResources(parsed.value, a));
    }),
  );
});

const disk = (value: number, info: Resource["disk"]): Resource => ({
  name: "disk",
  type: "SCALAR",
  scalar: { value },
  ...(info !== undefined && { disk: info }),
});

test("addResources() joins divisible disks only", () => {
  const cases: [Resource["disk"], boolean][] = [
    [undefined, true],
    [{}, true],
    [{ source: { type: "PATH", path: { root: "/p" } } }, true],
    [{ source: { type: "MOUNT", mount: { root: "/m" } } }, false],
    [{ source: { type: "BLOCK" } }, false],
    [{ source: { type: "RAW" } }, true],
    [{ source: { type: "RAW", id: "x" } }, false],
    [{ persistence: { id: "v" } }, false],
  ];
  for (const [info, joins] of cases) {
    const sum = addResources([disk(10, info)], [disk(20, info)]);
    assert.equal(sum.length, joins ? 1 : 2, JSON.stringify(info));
    assert.equal(containsResources([disk(20, info)], [disk(10, info)]), joins, JSON.stringify(info));
    assert.ok(containsResources([disk(20, info)], [disk(20, info)]));
  }
});

test("shared volumes are counted", () => {
  const volume: Resource = { ...disk(10, { persistence: { id: "v" } }), shared: {} };
  const two = addResources([volume], [volume]);
  assert.equal(two.length, 2);
  assert.ok(containsResources(two, [volume, volume]));
  assert.ok(!containsResources([volume], two));
  assert.deepEqual(subtractResources(two, [volume]), [volume]);
  assert.deepEqual(quantitiesOf(two), new Map([["disk", 10_000]]));
  assert.equal(formatResources(two), "disk[v]<SHARED>:10<2>");
  assert.deepEqual(withoutSharedCopies(two), [volume]);
});

test("containsResources() joins what belongs together first", () => {
  const cpus = (value: number): Resource => ({ name: "cpus", type: "SCALAR", scalar: { value } });
  assert.ok(containsResources([cpus(2)], [cpus(1), cpus(1)]));
  assert.ok(!containsResources([cpus(1)], [cpus(1), cpus(1)]));
  assert.ok(containsResources([], []));
  assert.ok(!containsResources([], [cpus(1)]));
  assert.ok(!containsResources([{ ...cpus(1), revocable: {} }], [cpus(1)]));
});

test("subtractResources() drops what is used up and lets the last take its place", () => {
  const all = parseResources("cpus:4;disk:10;mem:5");
  assert.ok(all.ok);
  const rest = subtractResources(all.value, [{ name: "cpus", type: "SCALAR", scalar: { value: 4.0004 } }]);
  assert.equal(formatResources(rest), "mem:5; disk:10");
});
