// Sizes as Mesos' flags write them, there and back.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatBytes, parseBytes } from "./bytes.ts";

void describe("parseBytes()", () => {
  const cases: [string, number][] = [
    ["0B", 0],
    ["4096B", 4096],
    ["4KB", 4096],
    ["512mb", 536_870_912],
    ["2GB", 2_147_483_648],
    ["1TB", 1_099_511_627_776],
  ];
  for (const [text, expected] of cases) {
    void it(`reads ${text}`, () => assert.deepEqual(parseBytes(text), { ok: true, value: expected }));
  }

  const errors: [string, string][] = [
    ["1.5GB", "Fractional bytes '1.5GB'"],
    ["10", "Invalid bytes '10'"],
    ["GB", "Failed to convert '' to number"],
    ["3XB", "Unknown bytes unit 'XB'"],
  ];
  for (const [text, error] of errors) {
    void it(`refuses '${text}' in Mesos' words`, () =>
      assert.deepEqual(parseBytes(text), { ok: false, error }));
  }
});

void describe("formatBytes()", () => {
  void it("prints the largest unit that loses nothing", () => {
    const printed = [0, 1, 1024, 4096, 1536, 2_147_483_648].map((size) => formatBytes(size));
    assert.deepEqual(printed, ["0B", "1B", "1KB", "4KB", "1536B", "2GB"]);
  });
});
