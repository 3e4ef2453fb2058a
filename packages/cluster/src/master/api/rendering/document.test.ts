// A document put together piece by piece, and the memory that it uses again.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ManualClock } from "../../../net/testing/manual-clock.ts";
import { BUFFER_BYTES, BufferPool } from "./buffer-pool.ts";
import { Document } from "./document.ts";

void test("Document.finish() gives the bytes of all pieces, whatever characters they end with", () => {
  const piece = fc
    .tuple(fc.string({ unit: "grapheme" }), fc.constantFrom(1, 1000, 40_000))
    .map(([text, times]) => text.repeat(times));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const document = new Document(new BufferPool(new ManualClock()));
      for (const text of pieces) document.append(text);
      const { parts, buffers } = document.finish();
      assert.ok(Buffer.concat(parts).equals(Buffer.from(pieces.join(""))));
      assert.ok(parts.length <= buffers.length + 1);
    }),
    { numRuns: 50 },
  );
});

void test("Document.finish() keeps short documents out of the pool", () => {
  const document = new Document(new BufferPool(new ManualClock()));
  document.append("short");
  assert.deepEqual(document.finish(), { parts: [new TextEncoder().encode("short")], buffers: [] });
});

void test("BufferPool.take() gives what came back, until it was not used for a while", () => {
  const clock = new ManualClock();
  const pool = new BufferPool(clock);
  const buffer = pool.take();
  assert.equal(buffer.length, BUFFER_BYTES);
  pool.give([buffer]);
  assert.equal(pool.take(), buffer);
  pool.give([buffer]);
  clock.advance(10_000);
  assert.notEqual(pool.take(), buffer);
});
