// How the demo shows how far it is, within the terminal's width.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "./paint.ts";
import { MIN_COLUMNS, progressLines, progressSentence, type ProgressView } from "./progress-lines.ts";

const view: ProgressView = {
  elapsedMs: 3456,
  frameworks: [
    { name: "words", weight: 2, total: 8, done: 2, running: 4, failed: 0, phase: "map", shares: [0.1, 0.5] },
    { name: "checksums", weight: 1, total: 4, done: 4, running: 0, failed: 1, phase: "done", shares: [0.25] },
  ],
};

test("progressLines() shows counts, shares, failures and what is in use", () => {
  assert.deepEqual(progressLines(view, { paint: plain, columns: 80 }), [
    "  words      ████████························  25%  2/8 tasks, 4 running",
    "  map        ▁▅                                50%  dominant share, weight 2",
    "  checksums  ████████████████████████████████ 100%  4/4 tasks  1 failed",
    "  done       ▃                                 25%  dominant share, weight 1",
    "  cluster    ████████████████████████········  75%  in use, 3.5 s",
  ]);
});

test("progressLines() fits into the terminal", () => {
  const [words] = view.frameworks;
  assert.ok(words);
  const shares = Array.from({ length: 500 }, () => 0.7);
  const crowded = { ...words, total: 9999, done: 9999, running: 99, shares };
  for (const columns of [MIN_COLUMNS + 5, 60, 72, 80, 200]) {
    const lines = progressLines(
      { elapsedMs: 1e6, frameworks: [crowded, crowded] },
      { paint: plain, columns },
    );
    for (const line of lines) assert.ok(line.length <= columns, `${line.length} in ${columns}: ${line}`);
  }
});

test("progressSentence() says it in one line", () => {
  const words = "words map 2/8 (share 50%)";
  const checksums = "checksums done 4/4, 1 failed (share 25%)";
  assert.equal(progressSentence(view), `   3.5 s  ${words}   ${checksums}`);
});
