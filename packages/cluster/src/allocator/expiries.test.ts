// Which refusals end next, against a list that is searched through.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createDice, roll } from "./dice.ts";
import {
  type Expiries,
  addExpiry,
  copyExpiries,
  createExpiries,
  expiredBy,
  nextExpiryAt,
  noteRemoved,
  takeExpired,
} from "./expiries.ts";
import type { Refusal } from "./state.ts";

const MOMENTS = 40;

/** Only the times and the mark are looked at. */
function refusal(expiresAtMs: number): Refusal {
  return { expiresAtMs, removed: false } as Refusal;
}

function takeAll(expiries: Expiries, nowMs: number): Refusal[] {
  const taken: Refusal[] = [];
  for (let ended = takeExpired(expiries, nowMs); ended !== undefined; ended = takeExpired(expiries, nowMs))
    taken.push(...ended);
  return taken;
}

for (const seed of [0.1, 0.5, 0.9]) {
  void test(`refusals end in the order of their times, those of one time as they were made (seed ${seed})`, () => {
    const dice = createDice(seed);
    const below = (limit: number): number => Math.floor(roll(dice) * limit);
    const expiries = createExpiries();
    let known: Refusal[] = [];
    let nowMs = 0;
    for (let step = 0; step < 20_000; step++) {
      const victim = below(3) === 0 ? known[below(known.length)] : undefined;
      if (victim === undefined) {
        const added = refusal(nowMs + 1 + below(MOMENTS));
        known.push(added);
        addExpiry(expiries, added);
      } else {
        victim.removed = true;
        known = known.filter((each) => each !== victim);
        noteRemoved(expiries, victim);
      }
      const times = known.map(({ expiresAtMs }) => expiresAtMs);
      assert.equal(nextExpiryAt(expiries), known.length === 0 ? undefined : Math.min(...times));
      if (step % 100 !== 99) continue;
      nowMs += below(MOMENTS / 4);
      const over = known.filter(({ expiresAtMs }) => expiresAtMs <= nowMs);
      over.sort((left, right) => left.expiresAtMs - right.expiresAtMs);
      assert.deepEqual(expiredBy(expiries, nowMs), over);
      assert.deepEqual(takeAll(expiries, nowMs), over);
      known = known.filter((each) => !over.includes(each));
    }
  });
}

void test("removed refusals are forgotten before their time when they are half of all", () => {
  const expiries = createExpiries();
  const refusals = Array.from({ length: 4096 }, (_, index) => refusal(1000 + (index % 8)));
  for (const each of refusals) addExpiry(expiries, each);
  for (const each of refusals.slice(0, 2048)) {
    each.removed = true;
    noteRemoved(expiries, each);
  }
  const kept = expiries.heap.flatMap((moment) => moment.refusals);
  assert.deepEqual(new Set(kept), new Set(refusals.slice(2048)));
  assert.deepEqual([expiries.size, expiries.removed], [2048, 0]);
});

void test("a copy goes its own way", () => {
  const expiries = createExpiries();
  for (const timeMs of [2, 1, 2]) addExpiry(expiries, refusal(timeMs));
  const copy = copyExpiries(expiries, (each) => ({ ...each }));
  assert.equal(takeAll(copy, 2).length, 3);
  addExpiry(copy, refusal(2));
  assert.deepEqual(
    takeAll(expiries, 2).map(({ expiresAtMs }) => expiresAtMs),
    [1, 2, 2],
  );
});
