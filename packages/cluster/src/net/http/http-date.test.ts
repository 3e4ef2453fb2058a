// Dates in headers agree with those of JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as assertProperty, integer, property } from "fast-check";
import { httpDate } from "./http-date.ts";

void test("httpDate() says what Date says, from 1900 to 2400", () => {
  const time = integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2400, 0, 1) });
  assertProperty(
    property(time, (ms) => {
      assert.equal(httpDate(ms), new Date(ms).toUTCString());
    }),
  );
});

void test("httpDate() knows leap days", () => {
  for (const day of ["2024-02-29", "2000-02-29", "2100-03-01", "2023-02-28", "2026-12-31", "1970-01-01"]) {
    assert.equal(httpDate(Date.parse(day)), new Date(day).toUTCString());
  }
});
