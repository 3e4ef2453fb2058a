// Tests of the rotation of outputs.
import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { rotateFile } from "./rotate-file.ts";

function folder(context: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "mezzo-rotate-"));
  context.after(() => rmSync(path, { recursive: true }));
  return path;
}

const contents = (path: string): Record<string, string> =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), "utf8")]));

test("rotateFile() keeps so many files, the newest first", async (context) => {
  const path = folder(context);
  const file = join(path, "stdout");
  const rotation = { maxBytes: 4, keep: 2 };
  writeFileSync(file, "abcd");
  assert.equal(await rotateFile(file, rotation), false);
  appendFileSync(file, "e");
  assert.equal(await rotateFile(file, rotation), true);
  assert.deepEqual(contents(path), { stdout: "", "stdout.1": "e", "stdout.2": "abcd" });
  appendFileSync(file, "0123456789abcde");
  await rotateFile(file, rotation);
  assert.deepEqual(contents(path), { stdout: "", "stdout.1": "bcde", "stdout.2": "789a" });
});

test("rotateFile() keeps nothing when nothing is to be kept", async (context) => {
  const path = folder(context);
  writeFileSync(join(path, "stdout"), "abcde");
  await rotateFile(join(path, "stdout"), { maxBytes: 4, keep: 0 });
  assert.deepEqual(contents(path), { stdout: "" });
});

test("rotateFile() follows no links", async (context) => {
  const path = folder(context);
  writeFileSync(join(path, "secret"), "abcde");
  symlinkSync("secret", join(path, "stdout"));
  assert.equal(await rotateFile(join(path, "stdout"), { maxBytes: 4, keep: 1 }), false);
  assert.equal(await rotateFile(join(path, "none"), { maxBytes: 4, keep: 1 }), false);
  writeFileSync(join(path, "stderr"), "12345");
  symlinkSync("secret", join(path, "stderr.1"));
  await rotateFile(join(path, "stderr"), { maxBytes: 4, keep: 1 });
  assert.equal(readFileSync(join(path, "secret"), "utf8"), "abcde");
});
