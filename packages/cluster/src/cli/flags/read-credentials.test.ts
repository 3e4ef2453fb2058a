// Credentials in the forms that Mesos knows; no secret is in the words for those that are wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, success } from "@mezzo/wire";
import { parseCredentials, readCredentials } from "./read-credentials.ts";

const good: [string, string, [string, string][]][] = [
  [
    "JSON",
    '{"credentials": [{"principal": "a", "secret": "1"}, {"principal": "b", "secret": "2"}]}',
    [
      ["a", "1"],
      ["b", "2"],
    ],
  ],
  [
    "lines",
    "# who may\na 1\n\n  b\t2\n",
    [
      ["a", "1"],
      ["b", "2"],
    ],
  ],
];
for (const [format, text, expected] of good) {
  void test(`parseCredentials() reads ${format}`, () => {
    const parsed = parseCredentials(text);
    assert.deepEqual(parsed.ok && [...parsed.value], expected);
  });
}

const bad: [string, string][] = [
  ["", "Credentials file must contain at least one credential"],
  ['{"credentials": []}', "Credentials file must contain at least one credential"],
  ['{"credentials": [{"principal": "a", "secret": "hidden"', "Invalid json format"],
  [
    '{"credentials": [{"secret": "hidden"}]}',
    "Failed to parse credentials: Missing required fields: credentials[0].principal",
  ],
  ['{"credentials": [{"principal": "a"}]}', "Principal 'a' has no secret"],
  ["a hidden hidden", "Invalid credential format at line 1"],
  ["a hid:den", "Principal 'a' cannot authenticate: a colon in a principal or a secret is not supported"],
];
for (const [text, expected] of bad) {
  void test(`parseCredentials() refuses ${JSON.stringify(text)} without showing a secret`, () => {
    const parsed = parseCredentials(text);
    assert.equal(parsed.ok ? "" : parsed.error, expected);
  });
}

void test("readCredentials() takes a path and a file URI", () => {
  for (const flag of ["/c", "file:///c"]) {
    assert.ok(readCredentials(flag, (path) => (path === "/c" ? success("a 1") : failure("no"))).ok);
  }
  assert.deepEqual(
    readCredentials("/c", () => failure("No such file or directory")),
    {
      ok: false,
      error: "Failed to read credentials file '/c': No such file or directory (see --credentials flag)",
    },
  );
});
