// Timers by key, also those longer than Node's own.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Clock } from "../core/clock.ts";
import { Timers } from "./timers.ts";

/** A clock that remembers what waits. */
function manualClock(): Clock & { waits: { delayMs: number; run: () => void; cancelled: boolean }[] } {
  const waits: { delayMs: number; run: () => void; cancelled: boolean }[] = [];
  return {
    waits,
    now: () => 0,
    after(delayMs, run) {
      const wait = { delayMs, run, cancelled: false };
      waits.push(wait);
      return { cancel: () => (wait.cancelled = true) };
    },
  };
}

test("set() replaces the timer of the same key", () => {
  const clock = manualClock();
  const timers = new Timers(clock);
  timers.set("a", 5, () => {});
  timers.set("a", 7, () => {});
  assert.deepEqual(
    clock.waits.map(({ delayMs, cancelled }) => [delayMs, cancelled]),
    [
      [5, true],
      [7, false],
    ],
  );
});

test("set() waits longer than a timer can", () => {
  const clock = manualClock();
  let ran = false;
  new Timers(clock).set("year", 2 ** 32, () => (ran = true));
  const delays: number[] = [];
  for (let wait = clock.waits.shift(); wait !== undefined; wait = clock.waits.shift()) {
    delays.push(wait.delayMs);
    wait.run();
  }
  assert.deepEqual(delays, [2 ** 31 - 1, 2 ** 31 - 1, 2]);
  assert.ok(ran);
});
