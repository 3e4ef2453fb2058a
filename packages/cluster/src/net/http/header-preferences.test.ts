// What clients accept, by their Accept and Accept-Encoding.
import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptsEncoding, acceptsMediaType } from "./header-preferences.ts";

const JSON_TYPE = "application/json";

const MEDIA_TYPES: readonly [string | undefined, boolean][] = [
  [undefined, true],
  ["", false],
  ["*/*", true],
  ["application/*", true],
  ["application/json", true],
  ["Application/JSON", true],
  ["application/x-protobuf, application/json", true],
  ["application/json;q=0, */*", false],
  ["application/json;q=0.5", true],
  ["application/json; q = 0.0", false],
  ["text/html", false],
  ["text/html, */*;q=0", false],
];

for (const [header, accepted] of MEDIA_TYPES) {
  void test(`acceptsMediaType() of ${header ?? "no header"} is ${accepted}`, () => {
    assert.equal(acceptsMediaType(header, JSON_TYPE), accepted);
  });
}

const ENCODINGS: readonly [string | undefined, boolean][] = [
  [undefined, false],
  ["", false],
  ["gzip", true],
  ["deflate, gzip;q=1.0, *;q=0.5", true],
  ["gzip;q=0", false],
  ["gzip;q=0.0, *", false],
  ["*", true],
  ["deflate", false],
];

for (const [header, accepted] of ENCODINGS) {
  void test(`acceptsEncoding() of ${header ?? "no header"} is ${accepted}`, () => {
    assert.equal(acceptsEncoding(header, "gzip"), accepted);
  });
}
