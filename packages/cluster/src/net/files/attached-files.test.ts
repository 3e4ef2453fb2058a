// Which files `/files` shows, which it forbids, and those that were rotated.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { attachedFiles } from "./attached-files.ts";
import { listFiles, readFilePart } from "./read-files.ts";

void test("attachedFiles() shows the files attached and nothing else", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "attached-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "log"), "12345");
  const files = attachedFiles({ "/master/log": join(folder, "log"), "/master/later": join(folder, "later") });
  assert.deepEqual(await listFiles(files, "/master/log/"), []);
  assert.deepEqual(await readFilePart(files, "/master/log", { offset: 1, length: 2 }), {
    size: 5,
    data: Buffer.from("23"),
  });
  for (const path of [
    "/master",
    "/master/log/x",
    "/master/../master/log",
    "/master/later",
    join(folder, "log"),
  ]) {
    assert.deepEqual(await readFilePart(files, path, { offset: 0 }), { status: 404, words: "" }, path);
  }
});

void test("attachedFiles() shows rotated files under the name of the current one", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "attached-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of ["log", "log.1", "log-20250131.gz", "log.secret"])
    writeFileSync(join(folder, name), name);
  const files = attachedFiles({ "/master/log": join(folder, "log") });
  for (const suffix of ["", ".1", "-20250131.gz"]) {
    const data = Buffer.from(`log${suffix}`);
    const read = await readFilePart(files, `/master/log${suffix}`, { offset: 0 });
    assert.deepEqual(read, { size: data.length, data }, suffix);
  }
  for (const suffix of [".2", ".secret", ".1/../log.secret", ".1.1"]) {
    const refusal = await readFilePart(files, `/master/log${suffix}`, { offset: 0 });
    assert.deepEqual(refusal, { status: 404, words: "" }, suffix);
  }
});

void test("attachedFiles() forbids what is attached, and knows nothing of the rest", async () => {
  const files = attachedFiles({ "/master/log": "/dev/null" }, () => false);
  for (const path of ["/master/log", "/master/log.1"]) {
    assert.deepEqual(await files.resolve(path), { kind: "forbidden" }, path);
  }
  assert.deepEqual(await files.resolve("/etc/passwd"), { kind: "missing" });
});
