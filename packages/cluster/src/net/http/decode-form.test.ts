import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeForm } from "./decode-form.ts";

test("decodeForm() reads parameters as a query has them", () => {
  const form = decodeForm("slaveId=a%2Db&resources=[]");
  assert.ok(form.ok);
  assert.deepEqual(Object.fromEntries(form.value), { slaveId: "a-b", resources: "[]" });
});

const CASES: readonly [string, string][] = [
  ["slaveId=s&volumes=100%", "Malformed % escape in '100%': '%'"],
  ["slaveId=%20%2&volumes=%zz", "Malformed % escape in '%20%2': '%2'"],
  ["a%zzz=%20", "Malformed % escape in 'a%zzz': '%zz'"],
];
for (const [text, words] of CASES) {
  test(`decodeForm() says what is wrong with ${text}`, () => {
    assert.deepEqual(decodeForm(text), { ok: false, error: `Unable to decode query string: ${words}` });
  });
}
