// To whom a persistent volume belongs, with one container and with several.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { test } from "node:test";
import type { Resource } from "@mezzo/wire";
import { VolumeOwners } from "./volume-owners.ts";

const isRoot = process.geteuid?.() === 0;
const volume: Resource = { name: "disk", type: "SCALAR", scalar: { value: 1 } };
const shared: Resource = { ...volume, shared: {} };

void test(
  "VolumeOwners.give() gives a volume to each user, and a shared one while nobody has it",
  { skip: isRoot ? false : "needs root" },
  async (t) => {
    const path = mkdtempSync(`${tmpdir()}/mezzo-volume-`);
    t.after(() => rmSync(path, { recursive: true }));
    const owners = new VolumeOwners();
    const give = async (resource: Resource, containerId: string, uid: number): Promise<number> => {
      await owners.give(resource, { path, containerId, owner: { uid, gid: uid } });
      return statSync(path).uid;
    };
    assert.equal(await give(shared, "first", 1001), 1001);
    assert.equal(await give(shared, "second", 1002), 1001, "it is in use");
    assert.equal(await give(shared, "third", 0), 1001, "root needs nothing");
    for (const containerId of ["first", "second", "third"]) owners.release(containerId);
    assert.equal(await give(shared, "fourth", 1004), 1004);
    assert.equal(await give(volume, "fifth", 1005), 1005, "one that is not shared has one user at a time");
  },
);
