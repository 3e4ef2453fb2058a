// A snapshot of a registry: it is on the disk, with its name, when the command says so.
import assert from "node:assert/strict";
import fs, { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readRegistryFile, writeRegistryFile } from "./registry-file.ts";

void test("writeRegistryFile() syncs the contents, and then the folder that has the name", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mezzo-snapshot-"));
  const path = join(folder, "snapshot");
  const synced: string[] = [];
  const { fsyncSync } = fs;
  t.mock.method(fs, "fsyncSync", (file: number) => {
    synced.push(
      fs.fstatSync(file).isDirectory() ? `folder, there is ${fs.readdirSync(folder).join()}` : "file",
    );
    fsyncSync(file);
  });
  syncBuiltinESMExports();
  try {
    writeRegistryFile(path, new Map([["a", Uint8Array.of(1)]]));
    assert.deepEqual([...readRegistryFile(path).keys()], ["a"]);
    assert.deepEqual(synced, ["file", "folder, there is snapshot,snapshot.partial"]);
  } finally {
    t.mock.restoreAll();
    syncBuiltinESMExports();
    rmSync(folder, { recursive: true });
  }
});
