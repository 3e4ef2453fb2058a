// Bars and sparklines of the demo's screen, to an eighth of a cell.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, sparkline } from "./bar.ts";

test("filled() draws to an eighth of a cell, never more than there is room for", () => {
  assert.equal(filled(1, 3), "███");
  assert.equal(filled(0.5, 3), "█▌");
  assert.equal(filled(2, 3), "███");
  for (const nothing of [-1, 0, 0.001]) assert.equal(filled(nothing, 3), "");
});

test("sparkline() draws a value a letter", () => {
  assert.equal(sparkline([0, 0.5, 1], 10), "▁▅█");
  assert.equal(sparkline([], 10), "");
});

test("sparkline() draws means when there are more values than letters", () => {
  assert.equal(sparkline([0, 0, 1, 1, 0.5, 0.5], 3), "▁█▅");
  assert.equal(
    sparkline(
      Array.from({ length: 1001 }, () => 1),
      7,
    ),
    "███████",
  );
});
