// How a benchmark shows its figures, and what it is asked with.
import assert from "node:assert/strict";
import { test } from "node:test";
import { atLeast, atMost } from "../figure.ts";
import { parseBenchOptions } from "../options.ts";
import { quantile } from "../quantile.ts";
import { figureJson, figureLine } from "./figure-line.ts";
import { formatNumber } from "./format-number.ts";

void test("figureLine() shows value, target, bar and verdict", () => {
  const line = figureLine({ name: "tasks", value: 9000, unit: "/s", target: atLeast(4500) });
  assert.match(line, /^tasks +9,000 \/s +≥ 4,500 \/s +█{10}\|█{10} +ok$/);
  const late = figureLine({ name: "launch", value: 1500, unit: "ms", target: atMost(1000) });
  assert.match(late, /^launch +1,500 ms +≤ 1,000 ms +█{10}\|█{5}·{5} +MISSED$/);
  assert.match(figureLine({ name: "CPU", value: 0.105, unit: "ms" }), /^CPU +0.105 ms$/);
});

void test("figureJson() says whether the target is met", () => {
  const figure = { name: "a", value: Number.NaN, unit: "ms", target: atMost(1) };
  assert.equal(JSON.parse(figureJson("b", figure)).ok, false);
});

void test("formatNumber() keeps three digits", () => {
  assert.deepEqual([0.10456, 48.17, 5900.4, Number.NaN].map(formatNumber), [
    "0.105",
    "48.2",
    "5,900",
    "none",
  ]);
});

void test("quantile() is a sample", () => {
  assert.equal(quantile([3, 1, 2], 0.5), 2);
  assert.equal(quantile([3, 1, 2], 1), 3);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});

void test("parseBenchOptions() refuses what it does not know", () => {
  assert.deepEqual(parseBenchOptions(["--only", "a,b", "--json"], ["a", "b"]).only, ["a", "b"]);
  assert.throws(
    () => parseBenchOptions(["--only", "c"], ["a", "b"]),
    /Cannot run 'c': the benchmarks are a, b/,
  );
});
