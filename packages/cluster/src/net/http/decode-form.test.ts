// The body of a form, and what is wrong with one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeForm } from "./decode-form.ts";

test("decodeForm() reads parameters as a query has them", () => {
  const form = decodeForm(Buffer.from("slaveId=a%2Db&resources=[é,%20€]&volumes=[ü]"));
  assert.ok(form.ok);
  const expected = { slaveId: "a-b", resources: "[é, €]", volumes: "[ü]" };
  assert.deepEqual(Object.fromEntries(form.value), expected);
});

const CASES: readonly [string, string][] = [
  ["slaveId=s&volumes=100%", "Malformed % escape in '100%': '%'"],
  ["slaveId=%20%2&volumes=%zz", "Malformed % escape in '%20%2': '%2'"],
  ["é%=1", "Malformed % escape in 'é%': '%'"],
  ["a%zzz=%20", "Malformed % escape in 'a%zzz': '%zz'"],
];
for (const [text, words] of CASES) {
  test(`decodeForm() says what is wrong with ${text}`, () => {
    assert.deepEqual(decodeForm(Buffer.from(text)), {
      ok: false,
      error: `Unable to decode query string: ${words}`,
    });
  });
}
