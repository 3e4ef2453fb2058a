// How recorded answers of Mesos are compared: by keys and types, not by values.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareShapes, shapeOf, withoutEmptyLists } from "./shape.ts";

void test("shapeOf() takes all items of a list together", () => {
  assert.deepEqual(
    [...shapeOf({ a: [{ b: 1 }, { b: 2, c: "x" }], d: null })],
    [": object", ".a: list", ".a[]: object", ".a[].b: number", ".a[].c: string", ".d: null"],
  );
});

void test("shapeOf() takes one id for another", () => {
  const key = "frameworks/0d5a7a5e-23d4-4c6e-9d0c-1f0b9f0c7a11-0001/calls";
  assert.deepEqual([...shapeOf({ [key]: 1 })], [": object", ".frameworks/<id>-0001/calls: number"]);
});

void test("compareShapes() names the outermost differences", () => {
  const expected = shapeOf({ a: { b: { c: 1 } }, d: 1 });
  const actual = shapeOf({ a: {}, d: "1", e: [] });
  assert.deepEqual(compareShapes(expected, actual), {
    missing: [".a.b: object", ".d: number"],
    more: [".d: string", ".e: list"],
  });
});

void test("withoutEmptyLists() takes away what protobuf cannot say", () => {
  const document = { a: [], b: [{ c: [], d: 0 }], e: {}, f: null };
  assert.deepEqual(withoutEmptyLists(document), { b: [{ d: 0 }], e: {}, f: null });
});
