// Random numbers that a seed repeats.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SeededRandom } from "./seeded-random.ts";

test("next() repeats for the same name and spreads over [0, 1)", () => {
  const one = new SeededRandom("7");
  const other = new SeededRandom("7");
  const numbers = Array.from({ length: 10_000 }, () => one.next());
  assert.deepEqual(
    Array.from({ length: 10_000 }, () => other.next()),
    numbers,
  );
  assert.ok(numbers.every((number) => number >= 0 && number < 1));
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  assert.ok(Math.abs(mean - 0.5) < 0.02);
  for (let tenth = 0; tenth < 10; tenth++) {
    const count = numbers.filter((number) => Math.floor(number * 10) === tenth).length;
    assert.ok(count > 850 && count < 1150, `${count} numbers from ${tenth / 10} on`);
  }
});

test("fork() gives streams that do not move each other", () => {
  const parent = new SeededRandom("7");
  const before = parent.fork("a").next();
  parent.next();
  assert.equal(parent.fork("a").next(), before);
  assert.notEqual(parent.fork("b").next(), before);
});

test("uuid() gives version 4 UUIDs, all different", () => {
  const random = new SeededRandom("7");
  const uuids = new Set(Array.from({ length: 1000 }, () => random.uuid()));
  assert.equal(uuids.size, 1000);
  for (const uuid of uuids) {
    assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test("integer() reaches both ends", () => {
  const random = new SeededRandom("7");
  const numbers = new Set(Array.from({ length: 200 }, () => random.integer(1, 3)));
  assert.deepEqual(
    [...numbers].toSorted((a, b) => a - b),
    [1, 2, 3],
  );
});
