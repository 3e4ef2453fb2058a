// Where `mezzo registry` reads and writes: only what is a registry counts as one, and no file is replaced. test/masters has the same of ZooKeeper and etcd.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { REGISTRY_FILE } from "../../store/registry-store.ts";
import { openRegistrySource, openRegistryTarget } from "./registry-place.ts";

const folder = mkdtempSync(join(tmpdir(), "mezzo-registry-"));
after(() => rmSync(folder, { recursive: true, force: true }));

async function make(text: string): Promise<void> {
  const place = await openRegistryTarget(text);
  await place.write(new Map());
  await place.close();
}

void test("openRegistrySource() refuses what does not exist", async () => {
  const path = join(folder, "nothing");
  await assert.rejects(openRegistrySource(path), {
    message: `Cannot read a registry from ${path}: there is none`,
  });
});

void test("openRegistrySource() refuses a folder without a registry, and makes none there", async () => {
  const path = join(folder, "another");
  mkdirSync(path);
  await assert.rejects(openRegistrySource(path), /another: there is none$/);
  assert.deepEqual(readdirSync(path), []);
});

void test("openRegistrySource() refuses a registry's file in which nothing was ever written", async () => {
  const path = join(folder, "blank");
  mkdirSync(path);
  writeFileSync(join(path, REGISTRY_FILE), "");
  await assert.rejects(openRegistrySource(path), /blank: there is none$/);
  assert.equal(statSync(join(path, REGISTRY_FILE)).size, 0);
});

void test("openRegistryTarget() refuses a file that exists, be it a snapshot without records", async () => {
  const path = join(folder, "taken");
  await make(path);
  const before = readFileSync(path, "utf8");
  await assert.rejects(openRegistryTarget(path), {
    message: `Cannot write a registry to ${path}: there is a file already; name another`,
  });
  assert.equal(readFileSync(path, "utf8"), before);
});

void test("openRegistrySource() takes a registry that knows nothing yet, in a folder and in a file", async () => {
  const workDir = join(folder, "work");
  mkdirSync(workDir);
  for (const text of [workDir, join(folder, "snapshot")]) {
    await make(text);
    const place = await openRegistrySource(text);
    assert.equal((await place.read()).size, 0);
    await place.close();
  }
});
