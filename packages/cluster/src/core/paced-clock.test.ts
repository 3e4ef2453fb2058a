// Many timers that are due at once run in order, and leave turns to others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../net/testing/manual-clock.ts";
import { PacedClock } from "./paced-clock.ts";

/** A paced clock whose turns end when the test says so. */
function pacedClock(): { clock: ManualClock; paced: PacedClock; endTurn: () => void } {
  const clock = new ManualClock();
  const next: (() => void)[] = [];
  const paced = new PacedClock(clock, (run) => next.push(run));
  return { clock, paced, endTurn: () => next.splice(0).forEach((run) => run()) };
}

void test("PacedClock.after() runs many timers in several turns, in order", () => {
  const { clock, paced, endTurn } = pacedClock();
  const ran: number[] = [];
  for (let index = 0; index < 150; index++) paced.after(5, () => ran.push(index));
  clock.advance(5);
  assert.equal(ran.length, 64);
  endTurn();
  assert.equal(ran.length, 128);
  endTurn();
  assert.deepEqual(
    ran,
    Array.from({ length: 150 }, (_, index) => index),
  );
});

void test("PacedClock.after() gives a timer that can be cancelled until it runs", () => {
  const { clock, paced, endTurn } = pacedClock();
  const ran: number[] = [];
  const timers = Array.from({ length: 200 }, (_, index) => paced.after(5, () => ran.push(index)));
  clock.advance(5);
  for (const timer of timers.slice(64, 199)) timer.cancel();
  for (let turn = 0; turn < 5; turn++) endTurn();
  assert.equal(ran.length, 65);
  assert.equal(ran.at(-1), 199);
});
