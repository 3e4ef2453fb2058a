import assert from "node:assert/strict";
import { test } from "node:test";
import { bar, progressLines, progressSentence, sparkline } from "./progress-lines.ts";

const view = {
  elapsedMs: 3456,
  frameworks: [
    { name: "words", weight: 2, total: 8, done: 2, running: 4, failed: 0, phase: "map", shares: [0.1, 0.5] },
    { name: "checksums", weight: 1, total: 4, done: 4, running: 0, failed: 1, phase: "done", shares: [] },
  ],
};

test("bar() is as wide as asked whatever the fraction", () => {
  for (const fraction of [-1, 0, 0.01, 0.33, 0.999, 1, 2])
    assert.equal(Array.from(bar(fraction, 10)).length, 10);
  assert.equal(bar(1, 3), "███");
  assert.equal(bar(0.5, 3), "█▌·");
});

test("sparkline() draws a value a character", () => {
  assert.equal(sparkline([0, 0.5, 1]), "▁▅█");
});

test("progressLines() shows counts, shares and failures", () => {
  const lines = progressLines(view, { color: false });
  assert.equal(lines.length, 4);
  assert.match(lines[0] ?? "", /words .* 25% +2\/8 tasks, 4 running +map$/);
  assert.match(lines[1] ?? "", /weight 2, dominant share +50%/);
  assert.match(lines[2] ?? "", /1 failed$/);
});

test("progressSentence() says it in one line", () => {
  assert.equal(progressSentence(view), "   3.5 s  words map 2/8 (share 50%)   checksums done 4/4 (share 0%)");
});
