// Scalars, ranges, sets, and the text they are read from.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { equalLabels, formatLabels } from "./labels.ts";
import { parseValue } from "./parse-value.ts";
import {
  addRanges,
  coalesceRanges,
  containsRanges,
  countRanges,
  equalRanges,
  formatRanges,
  subtractRanges,
} from "./ranges.ts";
import { ancestorRoles, isStrictSubroleOf } from "./roles.ts";
import { formatMegabytes, formatNumber, formatScalar, fromThousandths, toThousandths } from "./scalars.ts";
import { addSets, containsSet, equalSets, formatSet, subtractSets } from "./sets.ts";
import { tokenize, trim } from "./tokenize.ts";

test("toThousandths() rounds half away from zero", () => {
  const cases: [number, number][] = [
    [0, 0],
    [0.0004, 0],
    [0.0005, 1],
    [0.0015, 2],
    [1.0049, 1005],
    [-0.0005, -1],
    [-1.2, -1200],
    [123456789.123, 123456789123],
  ];
  for (const [value, thousandths] of cases) assert.equal(toThousandths(value), thousandths, String(value));
});

test("fromThousandths() undoes toThousandths()", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (n) => {
      assert.equal(toThousandths(fromThousandths(n)), n);
    }),
  );
});

test("formatScalar() writes what a C++ stream of fifteen digits does", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [1, "1"],
    [0.1, "0.1"],
    [0.1 + 0.2, "0.3"],
    [1.23456, "1.235"],
    [1024, "1024"],
    [1e15, "1e+15"],
    [123456789012345, "123456789012345"],
    [-1, "-1"],
  ];
  for (const [value, text] of cases) assert.equal(formatScalar(value), text);
});

test("formatNumber() takes fewer digits", () => {
  assert.equal(formatNumber(1e300, 6), "1e+300");
  assert.equal(formatNumber(1234567.8, 6), "1.23457e+06");
  assert.equal(formatNumber(0.000012345, 6), "1.2345e-05");
  assert.equal(formatNumber(0.01, 6), "0.01");
  assert.equal(formatNumber(Infinity), "inf");
  assert.equal(formatNumber(-Infinity), "-inf");
  assert.equal(formatNumber(NaN), "nan");
});

test("formatMegabytes() takes the largest unit that loses nothing", () => {
  const cases: [number, string][] = [
    [0.5, "0B"],
    [16, "16MB"],
    [1024, "1GB"],
    [1500, "1500MB"],
    [2 * 1024 * 1024, "2TB"],
    [2048 * 1024 * 1024, "2048TB"],
  ];
  for (const [megabytes, text] of cases) assert.equal(formatMegabytes(megabytes), text);
});

const range = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 8 }))
  .map(([begin, length]) => ({ begin, end: begin + length }));
const ranges = fc.array(range, { maxLength: 8 });

function numbersOf(list: readonly { begin: number; end: number }[]): number[] {
  const numbers = new Set<number>();
  for (const { begin, end } of list) for (let n = begin; n <= end; n++) numbers.add(n);
  return [...numbers].sort((a, b) => a - b);
}

test("ranges behave as the sets of numbers they stand for", () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const [left, right] = [numbersOf(a), numbersOf(b)];
      assert.deepEqual(numbersOf(addRanges(a, b)), numbersOf([...a, ...b]));
      const rest = left.filter((n) => !right.includes(n));
      assert.deepEqual(numbersOf(subtractRanges(a, b)), rest);
      assert.deepEqual(numbersOf(coalesceRanges(a)), left);
      assert.equal(countRanges(coalesceRanges(a)), left.length);
      assert.equal(
        containsRanges(a, b),
        right.every((n) => left.includes(n)),
      );
      assert.equal(equalRanges(a, b), left.join() === right.join());
    }),
  );
});

test("coalesceRanges() joins neighbours and shares what needs nothing", () => {
  const apart = [
    { begin: 1, end: 2 },
    { begin: 4, end: 5 },
  ];
  assert.equal(coalesceRanges(apart), apart);
  assert.equal(formatRanges(coalesceRanges([...apart, { begin: 3, end: 3 }])), "[1-5]");
  assert.equal(formatRanges(apart), "[1-2, 4-5]");
});

test("sets keep their order and hold nothing twice", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ maxLength: 2 })),
      fc.uniqueArray(fc.string({ maxLength: 2 })),
      (a, b) => {
        const sum = addSets(a, b);
        assert.deepEqual(sum, [...new Set([...a, ...b])]);
        assert.ok(containsSet(sum, a));
        assert.ok(equalSets(addSets(b, a), sum));
        assert.deepEqual(
          subtractSets(sum, a),
          b.filter((item) => !a.includes(item)),
        );
      },
    ),
  );
  assert.equal(formatSet(["a", "b"]), "{a, b}");
});

test("parseValue() reads every type", () => {
  const cases: [string, unknown][] = [
    ["4", { type: "SCALAR", scalar: { value: 4 } }],
    [" 4 . 5 ", { type: "SCALAR", scalar: { value: 4.5 } }],
    ["1e3", { type: "SCALAR", scalar: { value: 1000 } }],
    ["0x10", { type: "SCALAR", scalar: { value: 16 } }],
    ["[31000-32000]", { type: "RANGES", ranges: { range: [{ begin: 31000, end: 32000 }] } }],
    ["[1-2, 3-4]", { type: "RANGES", ranges: { range: [{ begin: 1, end: 4 }] } }],
    ["[]", { type: "RANGES", ranges: { range: [] } }],
    ["{a, b}", { type: "SET", set: { item: ["a", "b"] } }],
    ["{}", { type: "SET", set: { item: [] } }],
    ["abc", { type: "TEXT", text: { value: "abc" } }],
    ["-1", { type: "TEXT", text: { value: "-1" } }],
    ["inf", { type: "TEXT", text: { value: "inf" } }],
    ["nan", { type: "TEXT", text: { value: "nan" } }],
  ];
  for (const [text, value] of cases) assert.deepEqual(parseValue(text), { ok: true, value }, text);
});

test("parseValue() refuses in Mesos' words", () => {
  const cases: [string, string][] = [
    ["", "Expecting non-empty string"],
    ["  ", "Expecting non-empty string"],
    ["[1-2", "Mismatched brackets"],
    ["}1{", "Mismatched brackets"],
    ["[1-2-3]", 'Expecting one or more "ranges"'],
    ["[a-b]", "Expecting non-negative integers in 'a'"],
    ["a[1-2]", "Unexpected '[' found"],
    ["a{b}", "Unexpected '{' found"],
    ["1e-320", "Subnormal values not supported"],
  ];
  for (const [text, error] of cases) assert.deepEqual(parseValue(text), { ok: false, error }, text);
});

test("tokenize() and trim() split as stout does", () => {
  assert.deepEqual(tokenize(";;a;b;;", ";"), ["a", "b"]);
  assert.deepEqual(tokenize("", ";"), []);
  assert.equal(trim(" \t a b\n"), "a b");
});

test("isStrictSubroleOf() and ancestorRoles() follow the path", () => {
  assert.ok(isStrictSubroleOf("a/b", "a"));
  assert.ok(!isStrictSubroleOf("a", "a"));
  assert.ok(!isStrictSubroleOf("ab", "a"));
  assert.ok(!isStrictSubroleOf("ab/c", "a"));
  assert.deepEqual(ancestorRoles("a/b/c"), ["a/b", "a"]);
  assert.deepEqual(ancestorRoles("a"), []);
});

test("labels are compared without order and written with theirs", () => {
  const one = { labels: [{ key: "a", value: "1" }, { key: "b" }] };
  const other = { labels: [{ key: "b" }, { key: "a", value: "1" }] };
  assert.ok(equalLabels(one, other));
  assert.ok(!equalLabels(one, { labels: [{ key: "a", value: "1" }] }));
  assert.ok(!equalLabels(one, undefined));
  assert.equal(formatLabels(one), "{a: 1, b}");
});
