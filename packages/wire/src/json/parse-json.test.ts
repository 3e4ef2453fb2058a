// JSON as Mesos reads it: what it takes beyond the standard, and what it refuses in which words.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseJson } from "./parse-json.ts";

const REFUSED: readonly [text: string, error: string][] = [
  ["not json", "syntax error at line 1 near: ot json"],
  ["hello", "syntax error at line 1 near: hello"],
  ["x{", "syntax error at line 1 near: x{"],
  ["", "syntax error at line 1 near: "],
  ["{", "syntax error at line 1 near: "],
  ['{"a":1,}', "syntax error at line 1 near: }"],
  ['{"a":1\n,\n b}', "syntax error at line 3 near: b}"],
  ['{"a" 1}', "syntax error at line 1 near: 1}"],
  ["[1,2", "syntax error at line 1 near: "],
  ["[tru]", "syntax error at line 1 near: ]"],
  ['{"a":"b\nc"}', "syntax error at line 1 near: "],
  ['{"a":"\\x"}', 'syntax error at line 1 near: "}'],
  ['{"a":"\\udc00"}', 'syntax error at line 1 near: "}'],
  ['{"a":"\\ud800x"}', 'syntax error at line 1 near: x"}'],
  ['{"a":1} trailing', "Parsed JSON included non-whitespace trailing characters:  trailing"],
  ["[1e999x]", "Value out of range"],
  ["[--1]", "syntax error at line 1 near: ]"],
  [`${"[".repeat(300)}!`, `syntax error at line 1 near: ${"[".repeat(99)}!`],
];

for (const [text, error] of REFUSED) {
  void test(`parseJson() refuses ${JSON.stringify(text.slice(0, 30))} as Mesos does`, () => {
    assert.deepEqual(parseJson(text), { ok: false, error });
  });
}

const TOLERATED: readonly [text: string, value: unknown][] = [
  ["[007, 1., -.5]", [7, 1, -0.5]],
  ['{"a":[null,true,false,"\\u00e9\\n\\/"],"b":01}', { a: [null, true, false, "é\n/"], b: 1 }],
];

for (const [text, value] of TOLERATED) {
  void test(`parseJson() takes ${text} as Mesos does`, () => {
    assert.deepEqual(parseJson(text), { ok: true, value });
  });
}

void test("parseJson() agrees with JSON.parse on JSON", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.deepEqual(parseJson(text), { ok: true, value: JSON.parse(text) });
    }),
  );
});

void test("parseJson() takes any text without throwing", () => {
  const nearly = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 }));
  const damaged = nearly.map(
    ([text, at, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1),
  );
  fc.assert(fc.property(fc.oneof(fc.string(), damaged), (text) => typeof parseJson(text).ok === "boolean"));
});

void test("parseJson() gives up on the words of a long text", () => {
  const result = parseJson(`"${"x".repeat(2 * 1024 * 1024)}`);
  assert.ok(!result.ok && !result.error.startsWith("syntax error at line"));
});
