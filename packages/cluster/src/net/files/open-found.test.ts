// Tests that a file is not another by the time it is opened.
import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openFound } from "./open-found.ts";

void test("openFound() opens nothing through a link that was not there before", async (context) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mezzo-found-")));
  context.after(() => rmSync(folder, { recursive: true }));
  for (const name of ["a", "b"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "file"), name);
  }
  const found = { kind: "found", path: join(folder, "a/file"), isReal: true } as const;
  const file = await openFound(found);
  assert.equal(await file.readFile("utf8"), "a");
  await file.close();
  renameSync(join(folder, "a"), join(folder, "moved"));
  symlinkSync("b", join(folder, "a"));
  await assert.rejects(openFound(found), { message: "it was replaced meanwhile" });
  const other = await openFound({ ...found, isReal: false });
  assert.equal(await other.readFile("utf8"), "b");
  await other.close();
});
