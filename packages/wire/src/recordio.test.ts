// Records with their length before them, however they are cut.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeRecord, RecordDecoder } from "./recordio.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (record: Uint8Array): string => new TextDecoder().decode(record);

void test("encodeRecord() puts the length before the bytes", () => {
  assert.equal(text(encodeRecord(bytes("hellö"))), "6\nhellö");
  assert.equal(text(encodeRecord(bytes(""))), "0\n");
});

void test("RecordDecoder gives back records however they are cut", () => {
  const records = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
  fc.assert(
    fc.property(records, fc.infiniteStream(fc.integer({ min: 1, max: 50 })), (list, sizes) => {
      const stream = Buffer.concat(list.map((record) => encodeRecord(record)));
      const decoder = new RecordDecoder();
      const decoded: Uint8Array[] = [];
      for (let position = 0; position < stream.length;) {
        const size = sizes.next().value;
        decoded.push(...decoder.push(stream.subarray(position, position + size)));
        position += size;
      }
      assert.equal(decoder.error, undefined);
      assert.ok(decoder.idle);
      assert.deepEqual(
        decoded.map((record) => [...record]),
        list.map((record) => [...record]),
      );
    }),
  );
});

void test("RecordDecoder takes any bytes without throwing", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
      const decoder = new RecordDecoder({ maxRecordBytes: 100 });
      for (const chunk of chunks) for (const record of decoder.push(chunk)) assert.ok(record.length <= 100);
    }),
  );
});

const REFUSED: readonly [name: string, stream: string, error: RegExp][] = [
  [
    "a length that is no number",
    "12x\n",
    /^Failed to decode length '12x': Failed to convert '12x' to number$/,
  ],
  ["an empty length", "\n", /^Failed to decode length ''/],
  ["a negative length", "-1\n", /^Failed to decode length '-1'/],
  ["a length without end", "1".repeat(100), /^Failed to decode length '1{17}'/],
  ["a record that is too long", "101\n", /^Cannot take a record of 101 bytes: the limit is 100$/],
];

for (const [name, stream, error] of REFUSED) {
  void test(`RecordDecoder refuses ${name} and all that follows`, () => {
    const decoder = new RecordDecoder({ maxRecordBytes: 100 });
    assert.deepEqual(decoder.push(bytes(`2\nok${stream}`)).map(text), ["ok"]);
    assert.match(decoder.error ?? "", error);
    assert.deepEqual(decoder.push(bytes("2\nok")), []);
  });
}
