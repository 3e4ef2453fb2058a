// Durations as Mesos writes and reads them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { formatDuration, parseDuration } from "./duration.ts";

void describe("parseDuration()", () => {
  const cases: [string, number][] = [
    ["20ns", 0.00002],
    ["5us", 0.005],
    ["200ms", 200],
    ["10secs", 10_000],
    ["1.5mins", 90_000],
    ["3hrs", 10_800_000],
    ["1days", 86_400_000],
    ["2weeks", 1_209_600_000],
    ["0ns", 0],
  ];
  for (const [text, expected] of cases) {
    void it(`reads ${text}`, () => assert.deepEqual(parseDuration(text), { ok: true, value: expected }));
  }

  const errors: [string, string][] = [
    ["soon", "Failed to convert '' to number"],
    ["", "Invalid duration ''"],
    ["10", "Invalid duration '10'"],
    ["1..5secs", "Failed to convert '1..5' to number"],
    [
      "10sec",
      "Unknown duration unit 'sec'; supported units are 'ns', 'us', 'ms', 'secs', 'mins', 'hrs', 'days', and 'weeks'",
    ],
    ["99999999weeks", "Argument out of the range that a Duration can represent due to int64_t's size limit"],
  ];
  for (const [text, error] of errors) {
    void it(`refuses '${text}' in Mesos' words`, () =>
      assert.deepEqual(parseDuration(text), { ok: false, error }));
  }
});

void describe("formatDuration()", () => {
  const cases: [number, string][] = [
    [0, "0ns"],
    [0.00002, "20ns"],
    [0.0015, "1500ns"],
    [0.005, "5us"],
    [1.5, "1500us"],
    [200, "200ms"],
    [1000, "1secs"],
    [1500, "1500ms"],
    [60_000, "1mins"],
    [90_000, "90secs"],
    [900_000, "15mins"],
    [3_600_000, "1hrs"],
    [864_000_000, "10days"],
    [604_800_000, "1weeks"],
    [1_209_600_000, "2weeks"],
    [-1000, "-1secs"],
  ];
  for (const [durationMs, text] of cases) {
    void it(`prints ${text}`, () => assert.equal(formatDuration(durationMs), text));
  }

  void it("prints what parseDuration() reads back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (durationMs) => {
        const read = parseDuration(formatDuration(durationMs));
        // Mesos prints 15 digits, which loses nanoseconds of days.
        assert.ok(read.ok && Math.abs(read.value - durationMs) < 0.01);
      }),
    );
  });
});
