// Regular expressions as RE2 reads them.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as assertProperty, constantFrom, property, string } from "fast-check";
import { compileRegex } from "./compile-regex.ts";

const LIMITS = { maxProgramSize: 100, maxMemoryBytes: 4096 };

function matches(regex: string, text: string): boolean {
  const compiled = compileRegex(regex, { maxProgramSize: 10_000, maxMemoryBytes: 1_000_000 });
  assert.ok(compiled.ok, compiled.ok ? "" : compiled.error);
  return compiled.value(text);
}

void test("compileRegex() matches whole texts only", () => {
  const table: [regex: string, yes: string[], no: string[]][] = [
    ["", [""], ["a"]],
    ["a", ["a"], ["", "aa", "ba", "ab", "A"]],
    ["[ab]\\d", ["a1", "b9"], ["a", "c1", "a12"]],
    ["a|bc|", ["a", "bc", ""], ["b", "ab"]],
    ["a*", ["", "aaa"], ["b", "aab"]],
    ["(ab)+c?", ["ab", "ababc"], ["", "c", "abcc"]],
    ["a{2}", ["aa"], ["a", "aaa"]],
    ["a{2,}", ["aa", "aaaa"], ["a"]],
    ["a{1,3}?", ["a", "aaa"], ["", "aaaa"]],
    ["a{0}", [""], ["a"]],
    ["a{,2}", ["a{,2}"], ["aa"]],
    ["x{a}", ["x{a}"], ["x"]],
    [".*", ["", "anything ünï \u{1f600}"], ["two\nlines"]],
    ["(?s).*", ["two\nlines"], []],
    ["(?i)LinuX", ["linux", "LINUX"], ["linu"]],
    ["(?i:a)b", ["Ab", "ab"], ["AB"]],
    ["a(?i)b", ["aB", "ab"], ["AB"]],
    ["(?i)[a-c]", ["B"], ["D"]],
    ["(?i)[^a-c]", ["D"], ["B", "b"]],
    ["(?i-s:a)", ["A"], []],
    ["^a$", ["a"], ["^a$"]],
    ["\\Aa\\z", ["a"], []],
    ["(?m)a$\\n^b", ["a\nb"], ["ab"]],
    ["a\\b.*", ["a", "a b"], ["ab"]],
    ["a\\Bb", ["ab"], ["a b"]],
    ["\\x41\\x{1F600}\\101\\t\\.", ["A\u{1f600}A\t."], []],
    ["\\Qa.b*\\E+", ["a.b*", "a.b*a.b*"], ["a.b"]],
    ["\\Q.", ["."], ["a"]],
    ["[]a]", ["]", "a"], ["b"]],
    ["[^]a]", ["b"], ["]", "a"]],
    ["[a\\]-]", ["]", "-", "a"], ["\\"]],
    ["[\\d\\s_-]+", ["1 2_-"], ["a"]],
    ["[[:alpha:]]+", ["abcXYZ"], ["a1"]],
    ["[[:^digit:]x]", ["a", "x"], ["1"]],
    ["[[.]", ["[", "."], ["a"]],
    ["\\pL+", ["äbc"], ["1"]],
    ["\\p{Greek}", ["λ"], ["l"]],
    ["\\P{Greek}\\p{^Greek}", ["ab"], ["λb"]],
    ["(?P<zone>eu|us)-\\w+", ["eu-west_1"], ["asia-1"]],
    ["(?:a*)*b", ["b", "aab"], ["a"]],
    ["(a|a)*(a|a)*$", ["aaaa"], ["b"]],
    ["ü", ["ü"], ["u"]],
  ];
  for (const [regex, yes, no] of table) {
    for (const text of yes) assert.ok(matches(regex, text), `/${regex}/ should match '${text}'`);
    for (const text of no) assert.ok(!matches(regex, text), `/${regex}/ should not match '${text}'`);
  }
});

void test("compileRegex() refuses what RE2 refuses, in its words", () => {
  const table: [regex: string, complaint: string][] = [
    ["(a", "missing ): (a"],
    ["a)", "unexpected ): a)"],
    ["[a", "missing ]: [a"],
    ["[z-a]", "invalid character class range: z-a"],
    ["[a-\\d]", "invalid character class range: a-\\d"],
    ["[[:nope:]]", "invalid character class range: [:nope:]"],
    ["*a", "no argument for repetition operator: *"],
    ["a|+", "no argument for repetition operator: +"],
    ["a**", "bad repetition operator: **"],
    ["a{1001}", "invalid repetition size: {1001}"],
    ["a{3,2}", "invalid repetition size: {3,2}"],
    ["a\\", "trailing \\"],
    ["\\y", "invalid escape sequence: \\y"],
    ["\\1", "invalid escape sequence: \\1"],
    ["\\p{Nope}", "invalid character class range: \\p{Nope}"],
    ["(?=a)", "invalid perl operator: (?="],
    ["(?<!a)", "invalid perl operator: (?<"],
    ["(?P<n", "invalid named capture group: (?P<"],
  ];
  for (const [regex, complaint] of table) {
    const compiled = compileRegex(regex, LIMITS);
    assert.ok(!compiled.ok, `/${regex}/ should be refused`);
    assert.equal(compiled.error, `Failed to construct regex from pattern '${regex}': ${complaint}`);
  }
});

void test("compileRegex() refuses what is too complex before it takes memory or time", () => {
  for (const regex of ["a".repeat(200), "a{101}", "(a+){50}", "\\w{50}"]) {
    const compiled = compileRegex(regex, LIMITS);
    assert.ok(!compiled.ok, `/${regex}/ should be refused`);
    assert.match(
      compiled.error,
      /is too complex: program size of \d+ is larger than maximum of 100 allowed/u,
    );
  }
  for (const regex of ["(a+){500}", "((a{1000}){1000}){1000}", "(.{9}){9}", "(".repeat(100_000)]) {
    const compiled = compileRegex(regex, LIMITS);
    assert.ok(!compiled.ok);
    assert.match(compiled.error, /^Failed to construct regex from .*: pattern too large - compile failed$/u);
  }
  assert.ok(compileRegex("(a+){10}", LIMITS).ok);
  assert.ok(!compileRegex("(a+){10}", { ...LIMITS, maxMemoryBytes: 512 }).ok);
  assert.ok(compileRegex("(a+){500}", { maxProgramSize: 2000, maxMemoryBytes: 65_536 }).ok);
});

void test("compileRegex() takes time in proportion to the text, whatever the pattern", () => {
  assert.ok(!matches("(a*)*(a|a|a)*(a+)+b", "a".repeat(5000)));
});

void test("compileRegex() agrees with the engine of the language on patterns both know", () => {
  const piece = constantFrom("a", "b", "c", "[ab]", "[^a]", ".", "(a|b)", "(?:ab|c)", "\\d", "\\w");
  const quantified = constantFrom("", "", "*", "+", "?", "{2}", "{1,2}", "*?");
  const pattern = array(piece, { maxLength: 4 });
  assertProperty(
    property(
      pattern,
      array(quantified, { minLength: 4, maxLength: 4 }),
      array(constantFrom("a", "b", "c", "1")),
      (pieces, operators, text) => {
        const regex = pieces.map((part, index) => part + (operators[index] ?? "")).join("");
        assert.equal(
          matches(regex, text.join("")),
          new RegExp(`^(?:${regex})$`, "u").test(text.join("")),
          regex,
        );
      },
    ),
  );
});

void test("compileRegex() answers any text without throwing", () => {
  assertProperty(
    property(string({ unit: "binary" }), string(), (regex, text) => {
      const compiled = compileRegex(regex, LIMITS);
      if (compiled.ok) compiled.value(text);
    }),
  );
  const symbols = constantFrom(
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "*",
    "+",
    "?",
    "|",
    "\\",
    "^",
    "$",
    ".",
    "-",
    ":",
    "a",
    "1",
    ",",
    "P",
    "<",
    ">",
    "Q",
    "E",
    "p",
    "x",
  );
  assertProperty(
    property(array(symbols, { maxLength: 12 }), (parts) => {
      const compiled = compileRegex(parts.join(""), LIMITS);
      if (compiled.ok) compiled.value("a1");
    }),
    { numRuns: 500 },
  );
});
