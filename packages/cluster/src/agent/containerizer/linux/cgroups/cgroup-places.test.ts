// What cgroups are bound to, in folders that stand for the kernel's.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Isolator } from "../isolator.ts";
import { cpuIsolator } from "../isolators/cgroups-cpu.ts";
import { memoryIsolator } from "../isolators/cgroups-mem.ts";
import { CgroupPlaces } from "./cgroup-places.ts";

const MB = 1024 * 1024;

/** The cgroup `/mesos/c` in a folder, with 64 MB; its `cpu.shares` cannot be written. */
function cgroup(t: TestContext, isolators: Isolator[]): { folder: string; places: CgroupPlaces } {
  const folder = mkdtempSync(join(tmpdir(), "mezzo-cgroups-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const hierarchy = new Map(
    ["cpu", "memory"].map((name) => [name, { version: 1 as const, mount: join(folder, name) }]),
  );
  for (const { mount } of hierarchy.values()) mkdirSync(join(mount, "mesos/c"), { recursive: true });
  writeFileSync(join(folder, "memory/mesos/c/memory.limit_in_bytes"), String(64 * MB));
  mkdirSync(join(folder, "cpu/mesos/c/cpu.shares"));
  return { folder, places: new CgroupPlaces("mesos", { hierarchy, isolators }) };
}

const cpu = cpuIsolator({ enableCfs: false, revocableLast: true, countsProcesses: false });
const resources = [
  { name: "cpus", type: "SCALAR" as const, scalar: { value: 1 } },
  { name: "mem", type: "SCALAR" as const, scalar: { value: 128 } },
];

void test("update() sets what can be set, and says what could not", (t) => {
  const { folder, places } = cgroup(t, [cpu, memoryIsolator({ limitSwap: false, version: 1 })]);
  assert.throws(() => places.update(places.at("/mesos/c"), { resources }), {
    message: "Cannot write '1024' to cpu.shares of the cgroup: Is a directory",
  });
  const limit = readFileSync(join(folder, "memory/mesos/c/memory.limit_in_bytes"), "utf8");
  assert.equal(Number(limit), 128 * MB);
});

void test("update() leaves a cgroup alone that is not there any more, be it gone meanwhile", (t) => {
  let folder = "";
  const remover: Isolator = {
    name: "remover",
    bounds: () => {
      rmSync(join(folder, "cpu/mesos/c"), { recursive: true });
      rmSync(join(folder, "memory/mesos/c"), { recursive: true });
      return {};
    },
  };
  const made = cgroup(t, [remover, cpu]);
  folder = made.folder;
  const { places } = made;
  places.update(places.at("/mesos/c"), { resources });
  places.update(places.at("/mesos/c"), { resources });
});
