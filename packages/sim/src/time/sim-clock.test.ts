// The simulated clock: events in order, and none that was cancelled.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EPOCH_MS, SimClock } from "./sim-clock.ts";

test("runNext() runs events by time, equal times by creation", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (delays) => {
      const clock = new SimClock();
      const ran: { delay: number; index: number }[] = [];
      for (const [index, delay] of delays.entries()) {
        clock.after(delay, () => {
          assert.equal(clock.now(), EPOCH_MS + delay);
          ran.push({ delay, index });
        });
      }
      while (clock.runNext());
      const expected = delays
        .map((delay, index) => ({ delay, index }))
        .toSorted((a, b) => a.delay - b.delay || a.index - b.index);
      assert.deepEqual(ran, expected);
      assert.equal(clock.waiting, 0);
    }),
  );
});

test("runNext() skips what was cancelled and stops at the given time", () => {
  const clock = new SimClock();
  const ran: string[] = [];
  const timer = clock.after(1, () => ran.push("cancelled"));
  clock.after(2, () => ran.push("two"));
  clock.after(9, () => ran.push("nine"));
  timer.cancel();
  timer.cancel();
  while (clock.runNext(5));
  clock.passUntil(5);
  assert.deepEqual(ran, ["two"]);
  assert.equal(clock.elapsedMs, 5);
  assert.equal(clock.waiting, 1);
});
