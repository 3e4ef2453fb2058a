// Percentiles of the newest samples, as Mesos' timers show them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TimerStatistics } from "./timer-statistics.ts";

test("TimerStatistics has nothing to say before the first sample", () => {
  assert.deepEqual(new TimerStatistics().entries("x_ms"), []);
});

test("TimerStatistics interpolates percentiles", () => {
  const timer = new TimerStatistics();
  for (const sample of [4, 1, 3, 2, 5]) timer.record(sample);
  const values = Object.fromEntries(timer.entries("x_ms"));
  assert.equal(values["x_ms"], 5);
  assert.equal(values["x_ms/count"], 5);
  assert.equal(values["x_ms/min"], 1);
  assert.equal(values["x_ms/max"], 5);
  assert.equal(values["x_ms/p50"], 3);
  assert.equal(values["x_ms/p90"], 4.6);
});

test("TimerStatistics keeps the newest thousand samples", () => {
  const timer = new TimerStatistics();
  for (let sample = 0; sample < 2500; sample++) timer.record(sample);
  const values = Object.fromEntries(timer.entries("x_ms"));
  assert.equal(values["x_ms"], 2499);
  assert.equal(values["x_ms/count"], 1000);
  assert.equal(values["x_ms/min"], 1500);
});
