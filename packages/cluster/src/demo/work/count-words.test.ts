// The demo's word count, piece by piece.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countWords, mostFrequent, partitionOf } from "./count-words.ts";

test("countWords() counts words without regard to case", () => {
  const counts = new Map<string, number>();
  countWords("The cat, the HAT; l'été is 12 a_b", counts);
  assert.deepEqual(Object.fromEntries(counts), { the: 2, cat: 1, hat: 1, "l'été": 1, is: 1, a_b: 1 });
});

test("mostFrequent() orders by count and then by the alphabet", () => {
  const counts = new Map([
    ["b", 2],
    ["a", 2],
    ["c", 3],
    ["d", 1],
  ]);
  assert.deepEqual(mostFrequent(counts, 3), [
    ["c", 3],
    ["a", 2],
    ["b", 2],
  ]);
});

test("partitionOf() gives every word one of the partitions", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 16 }), (word, partitions) => {
      const partition = partitionOf(word, partitions);
      assert.ok(Number.isInteger(partition) && partition >= 0 && partition < partitions);
    }),
  );
});
