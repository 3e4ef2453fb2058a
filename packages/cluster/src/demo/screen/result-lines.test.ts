// How the demo shows what came out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "./paint.ts";
import { checksumLines, wordLines } from "./result-lines.ts";

test("wordLines() compares words with the most frequent one", () => {
  const words = [
    ["the", 1200],
    ["word", 300],
  ] as const;
  assert.deepEqual(wordLines({ total: 1500, different: 2, words: words.map(([w, n]) => [w, n]) }, plain), [
    "The most frequent of 1,500 words (2 different):",
    `  the   1,200  ${"█".repeat(40)}`,
    `  word    300  ${"█".repeat(10)}`,
  ]);
});

test("wordLines() fits into 80 columns whatever the words", () => {
  const long: [string, number] = ["w".repeat(32), 1e12];
  for (const line of wordLines({ total: 1e12, different: 1, words: [long] }, plain)) {
    assert.ok(line.length <= 80, line);
  }
});

test("checksumLines() counts files", () => {
  assert.deepEqual(checksumLines({ files: 1, digest: "abc" }, plain), [
    "SHA-256 of 1 file; of the list of these checksums:",
    "  abc",
  ]);
});
