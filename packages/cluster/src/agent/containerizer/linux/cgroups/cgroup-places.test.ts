// What cgroups are bound to, in folders that stand for the kernel's.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { cpuIsolator } from "../isolators/cgroups-cpu.ts";
import { memoryIsolator } from "../isolators/cgroups-mem.ts";
import { CgroupPlaces } from "./cgroup-places.ts";

const MB = 1024 * 1024;

void test("update() sets what can be set, and says what could not", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mezzo-cgroups-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const hierarchy = new Map(
    ["cpu", "memory"].map((name) => [name, { version: 1 as const, mount: join(folder, name) }]),
  );
  for (const { mount } of hierarchy.values()) mkdirSync(join(mount, "mesos/c"), { recursive: true });
  writeFileSync(join(folder, "memory/mesos/c/memory.limit_in_bytes"), String(64 * MB));
  // Nothing can be written there.
  mkdirSync(join(folder, "cpu/mesos/c/cpu.shares"));
  const places = new CgroupPlaces("mesos", {
    hierarchy,
    isolators: [
      cpuIsolator({ enableCfs: false, revocableLast: true, countsProcesses: false }),
      memoryIsolator({ limitSwap: false, version: 1 }),
    ],
  });
  const resources = [
    { name: "cpus", type: "SCALAR" as const, scalar: { value: 1 } },
    { name: "mem", type: "SCALAR" as const, scalar: { value: 128 } },
  ];
  assert.throws(() => places.update(places.at("/mesos/c"), { resources }), /EISDIR.*cpu\.shares/);
  const limit = readFileSync(join(folder, "memory/mesos/c/memory.limit_in_bytes"), "utf8");
  assert.equal(Number(limit), 128 * MB);
});
