// How a persistent volume's data goes: moved aside at once, removed soon, also after a restart.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { destroyVolume, emptyTrash } from "./destroy-volume.ts";

function withRoot(use: (root: string) => void | Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "volumes-"));
  return Promise.resolve(use(root)).finally(() => rmSync(root, { force: true, recursive: true }));
}

function fill(path: string): string {
  mkdirSync(join(path, "below"), { recursive: true });
  writeFileSync(join(path, "below", "file"), "data");
  return path;
}

/** Waits until something is so; fails when it never is. */
async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition(); turns++) {
    assert.ok(turns < 100_000, "it never happens");
    await new Promise((resume) => setImmediate(resume));
  }
}

test("destroyVolume() takes the volume away at once and its data soon", () =>
  withRoot(async (root) => {
    const path = fill(join(root, "volumes/roles/r/v"));
    destroyVolume(path);
    assert.equal(existsSync(path), false);
    await until(() => readdirSync(join(root, "volumes/destroyed")).length === 0);
    destroyVolume(path);
  }));

test("destroyVolume() empties a volume that lies elsewhere", () =>
  withRoot((root) => {
    const path = fill(join(root, "mount"));
    destroyVolume(path);
    assert.equal(existsSync(path), false);
  }));

test("emptyTrash() removes what an earlier process had moved aside", () =>
  withRoot(async (root) => {
    const trash = fill(join(root, "volumes/destroyed"));
    const other = fill(join(root, "disk2/volumes/destroyed"));
    const disk = { source: { type: "PATH", path: { root: "disk2" } } } as const;
    emptyTrash(root, [{ name: "disk", type: "SCALAR", scalar: { value: 1 }, disk }]);
    await until(() => !existsSync(trash) && !existsSync(other));
  }));
