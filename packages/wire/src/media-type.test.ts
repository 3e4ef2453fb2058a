// Which media type a client gets.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { acceptsMediaType, isMediaType, negotiateMediaType } from "./media-type.ts";

const JSON_TYPE = "application/json";

const CASES: readonly [accept: string | undefined, expected: boolean][] = [
  [undefined, true],
  ["", false],
  ["application/json", true],
  ["Application/JSON", true],
  ["application/*", true],
  ["*/*", true],
  ["text/html", false],
  ["text/*, application/x-protobuf", false],
  ["text/html, application/json;q=0.3", true],
  ["application/json;q=0", false],
  ["application/json; q=0.0, */*", false],
  ["application/*;q=0, */*", false],
  ["application/json;q=x", false],
  ["application/json;q=0;q=1", true],
  ["application/json;charset=utf-8", true],
  [" application / json ", true],
  ["*", false],
];

for (const [accept, expected] of CASES) {
  void test(`acceptsMediaType() says ${expected} to JSON for ${JSON.stringify(accept)}`, () => {
    assert.equal(acceptsMediaType(accept, JSON_TYPE), expected);
  });
}

void test("acceptsMediaType() takes any header", () => {
  fc.assert(
    fc.property(fc.string(), (accept) => {
      assert.equal(typeof acceptsMediaType(accept, JSON_TYPE), "boolean");
    }),
  );
});

void test("negotiateMediaType() prefers JSON", () => {
  assert.equal(negotiateMediaType(undefined), JSON_TYPE);
  assert.equal(negotiateMediaType("*/*"), JSON_TYPE);
  assert.equal(negotiateMediaType("application/x-protobuf, application/json;q=0"), "application/x-protobuf");
  assert.equal(negotiateMediaType("text/html"), undefined);
});

void test("isMediaType() compares to the letter", () => {
  assert.ok(isMediaType("application/x-protobuf"));
  assert.ok(!isMediaType("application/json; charset=utf-8"));
  assert.ok(!isMediaType("application/recordio"));
});
