// Queries as libprocess reads them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeQuery } from "./decode-query.ts";

const CASES: readonly [string, Record<string, string> | undefined][] = [
  ["", {}],
  ["a=1&b=2", { a: "1", b: "2" }],
  ["a=1;b=2", { a: "1", b: "2" }],
  ["a", { a: "" }],
  ["a=1&a=2", { a: "2" }],
  ["&&a=b=c&", { a: "b=c" }],
  ["task_id=a%20b+c", { task_id: "a b c" }],
  ["path=%2Ftmp%2f%C3%A9", { path: "/tmp/é" }],
  ["a=%", undefined],
  ["a=%2", undefined],
  ["%zz=1", undefined],
];

for (const [text, expected] of CASES) {
  void test(`decodeQuery() reads ${JSON.stringify(text)}`, () => {
    const decoded = decodeQuery(text);
    assert.deepEqual(decoded === undefined ? undefined : Object.fromEntries(decoded), expected);
  });
}
