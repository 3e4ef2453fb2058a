// The demo's files in batches: none lost, none too large.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitIntoBatches } from "./split-into-batches.ts";

const files = fc.array(fc.record({ path: fc.string(), sizeBytes: fc.nat(1000) }));

test("splitIntoBatches() keeps every file once and in order", () => {
  fc.assert(
    fc.property(
      files,
      fc.integer({ min: 1, max: 2000 }),
      fc.integer({ min: 1, max: 9 }),
      (input, maxBytes, maxFiles) => {
        assert.deepEqual(splitIntoBatches(input, { maxBytes, maxFiles }).flat(), input);
      },
    ),
  );
});

test("splitIntoBatches() fills no batch over its limits unless one file alone does", () => {
  fc.assert(
    fc.property(
      files,
      fc.integer({ min: 1, max: 2000 }),
      fc.integer({ min: 1, max: 9 }),
      (input, maxBytes, maxFiles) => {
        for (const batch of splitIntoBatches(input, { maxBytes, maxFiles })) {
          const bytes = batch.reduce((sum, file) => sum + file.sizeBytes, 0);
          assert.ok(batch.length > 0 && batch.length <= maxFiles);
          assert.ok(bytes <= maxBytes || batch.length === 1);
        }
      },
    ),
  );
});
