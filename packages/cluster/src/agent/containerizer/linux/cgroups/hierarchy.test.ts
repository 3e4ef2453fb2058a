// How the version of cgroups and their mounts are read from a table of mounts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHierarchy } from "./hierarchy.ts";

const line = (mount: string, type: string, options: string): string =>
  `31 23 0:28 / ${mount} rw,relatime - ${type} ${type} ${options}`;
const base = "/sys/fs/cgroup";

void test("parseHierarchy() finds controllers of version 1, several on one mount too", () => {
  const found = parseHierarchy(
    [
      line("/sys/fs/cgroup/cpu,cpuacct", "cgroup", "rw,cpu,cpuacct"),
      line("/elsewhere", "cgroup", "rw,memory"),
    ].join("\n"),
    { base, controllersOf: () => "" },
  );
  assert.deepEqual(found.get("cpu"), { version: 1, mount: "/sys/fs/cgroup/cpu,cpuacct" });
  assert.deepEqual(found.get("cpuacct"), found.get("cpu"));
  assert.equal(found.has("memory"), false);
});

void test("parseHierarchy() takes the controllers of version 2 from its mount", () => {
  const found = parseHierarchy(line(base, "cgroup2", "rw"), {
    base,
    controllersOf: () => "cpu memory pids\n",
  });
  assert.deepEqual(found.get("memory"), { version: 2, mount: base });
  assert.ok(found.has("cgroup2"));
});

void test("parseHierarchy() prefers version 1 where both are there, whatever comes first", () => {
  const lines = [
    line("/sys/fs/cgroup/unified", "cgroup2", "rw"),
    line("/sys/fs/cgroup/memory", "cgroup", "rw,memory"),
  ];
  for (const order of [lines, lines.toReversed()]) {
    const found = parseHierarchy(order.join("\n"), { base, controllersOf: () => "memory" });
    assert.equal(found.get("memory")?.version, 1);
  }
});
