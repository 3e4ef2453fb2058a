// Simulated disks: what a crash leaves of files and of the registry.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCheckpoints } from "../../../cluster/src/agent/checkpoint/read.ts";
import type { CheckpointRecord } from "../../../cluster/src/agent/checkpoint/record.ts";
import type { RegistryOperation } from "../../../cluster/src/master/registry/operations.ts";
import { SeededRandom } from "../time/seeded-random.ts";
import { SimClock } from "../time/sim-clock.ts";
import { AgentDisk } from "./agent-disk.ts";
import { MemoryTree } from "./memory-tree.ts";
import { RegistryDisk } from "./registry-disk.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);
const textAt = (tree: MemoryTree, path: string): string | undefined => {
  const found = tree.read(path);
  return found && Buffer.from(found).toString();
};

test("write() creates, replaces, appends, links and removes", () => {
  const tree = new MemoryTree();
  tree.write({ kind: "create", path: "/a/b/c", bytes: bytes("one") });
  tree.write({ kind: "append", path: "/a/b/c", bytes: bytes("two") });
  tree.write({ kind: "replace", path: "/a/b/d", bytes: bytes("three") });
  tree.write({ kind: "link", path: "/a/latest", target: "/a/b" });
  assert.equal(textAt(tree, "/a/b/c"), "onetwo");
  assert.deepEqual(tree.list("/a/b").toSorted(), ["c", "d"]);
  assert.equal(tree.readLink("/a/latest"), "/a/b");
  tree.write({ kind: "remove", path: "/a/b" });
  assert.equal(tree.read("/a/b/c"), undefined);
  assert.deepEqual(tree.list("/a/b"), []);
});

test("write() cut off leaves the beginning of a file, and a replaced file as it was", () => {
  const tree = new MemoryTree();
  tree.write({ kind: "append", path: "/log", bytes: bytes("12345") }, 2);
  tree.write({ kind: "replace", path: "/whole", bytes: bytes("old") });
  tree.write({ kind: "replace", path: "/whole", bytes: bytes("new") }, 1);
  assert.equal(textAt(tree, "/log"), "12");
  assert.equal(textAt(tree, "/whole"), "old");
});

const RECORDS: CheckpointRecord[] = [
  { kind: "bootId" },
  { kind: "agent", agentId: "S", info: { hostname: "h", id: { value: "S" } } },
  { kind: "framework", agentId: "S", frameworkId: "F", info: { user: "u", name: "f" }, pid: "" },
];

test("save() calls back when everything is on the disk", () => {
  const clock = new SimClock();
  const disk = new AgentDisk(
    { metaDir: "/meta", meanWriteMs: 5 },
    { clock, random: new SeededRandom("disk") },
  );
  let done = false;
  disk.save(RECORDS, () => (done = true));
  assert.equal(readCheckpoints(disk.tree, disk), undefined);
  while (clock.runNext());
  assert.equal(done, true);
  const found = readCheckpoints(disk.tree, disk);
  assert.equal(found?.info?.id?.value, "S");
  assert.equal(found?.rebooted, false);
  disk.reboot();
  assert.equal(readCheckpoints(disk.tree, disk)?.rebooted, true);
});

test("crash() leaves something that an agent can read, wherever it comes", () => {
  for (let seed = 0; seed < 100; seed++) {
    const clock = new SimClock();
    const disk = new AgentDisk(
      { metaDir: "/meta", meanWriteMs: 5 },
      { clock, random: new SeededRandom(`disk ${seed}`) },
    );
    disk.save(RECORDS, () => assert.fail("a dead process was told"));
    disk.crash();
    while (clock.runNext());
    const found = readCheckpoints(disk.tree, disk);
    assert.deepEqual(found?.errors ?? [], []);
  }
});

const admit = (id: string): RegistryOperation => ({
  kind: "admit-agent",
  info: { hostname: id, id: { value: id } },
});

function registryDisk(clock: SimClock, seed: number): RegistryDisk {
  const random = new SeededRandom(`registry ${seed}`);
  return new RegistryDisk({ meanCommitMs: 5, stalls: false }, { clock, random });
}

test("commit() of a deposed master is refused and changes nothing", () => {
  const clock = new SimClock();
  const registry = registryDisk(clock, 1);
  let leads = true;
  let refusals = 0;
  const writer = registry.open({
    leads: () => leads,
    reaches: () => true,
    refused: () => void (refusals += 1),
  });
  writer.commit([admit("S0")], () => assert.fail("told that it was written"));
  leads = false;
  while (clock.runNext());
  writer.crash();
  assert.equal(refusals, 1);
  assert.equal(registry.records.size, 0);
});

test("commit() waits for a store out of reach", () => {
  const clock = new SimClock();
  const registry = registryDisk(clock, 1);
  let reaches = false;
  let done = false;
  const writer = registry.open({ leads: () => true, reaches: () => reaches, refused: () => assert.fail() });
  writer.commit([admit("S0")], () => (done = true));
  clock.after(5000, () => {
    assert.equal(done, false);
    reaches = true;
  });
  while (clock.runNext());
  assert.equal(done, true);
});

test("commit() writes in order; crash() keeps a beginning of what was on its way", () => {
  for (let seed = 0; seed < 50; seed++) {
    const clock = new SimClock();
    const registry = registryDisk(clock, seed);
    const writer = registry.open({ leads: () => true, reaches: () => true, refused: () => assert.fail() });
    const told: string[] = [];
    for (const id of ["S0", "S1", "S2", "S3"]) writer.commit([admit(id)], () => void told.push(id));
    if (seed % 2 === 0) clock.runNext();
    writer.crash();
    while (clock.runNext());
    const kept = (registry.read().slaves?.slaves ?? []).map(({ info }) => info.id?.value);
    assert.deepEqual(kept, ["S0", "S1", "S2", "S3"].slice(0, kept.length));
    for (const id of told) assert.ok(kept.includes(id));
    assert.equal(writer.waiting, 0);
  }
});
