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
