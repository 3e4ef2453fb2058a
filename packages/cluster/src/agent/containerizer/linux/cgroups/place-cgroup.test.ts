// Where containers lie among cgroups, and which of them bind themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerConfig } from "../../containerizer.ts";
import { type CgroupSurroundings, placeCgroup } from "./place-cgroup.ts";

const own = { resources: [{ name: "mem", type: "SCALAR" as const, scalar: { value: 32 } }] };
const around = { resources: [{ name: "mem", type: "SCALAR" as const, scalar: { value: 512 } }] };

function place(
  config: Partial<ContainerConfig>,
  surroundings: Partial<CgroupSurroundings> = {},
): ReturnType<typeof placeCgroup> {
  const whole = { containerId: "c", command: {}, environment: {}, sandbox: "/s", runtimeDir: "/r", ...own };
  return placeCgroup(
    { ...whole, ...config },
    { root: "mesos", isV2: false, above: undefined, ...surroundings },
  );
}

const apart = { type: "MESOS" as const, linux_info: { share_cgroups: false } };

void test("a container on its own has its own bounds", () => {
  assert.deepEqual(place({}), { path: "/mesos/c", amounts: own });
  assert.deepEqual(place({ limits: { mem: Infinity } }).amounts, { ...own, limits: { mem: Infinity } });
});

void test("a nested one is bound by its parent's, unless it asks for limits of its own", () => {
  const surroundings = { above: "/mesos/p" };
  assert.deepEqual(place({ parent: "p", around }, surroundings), { path: "/mesos/p/c", amounts: undefined });
  assert.deepEqual(place({ parent: "p", around, container: apart }, surroundings).amounts, own);
});

void test("a parent without a process has a cgroup, too", () => {
  const path = "/mesos/p/c";
  assert.deepEqual(place({ parent: "p", around }), { path, amounts: undefined, around });
  assert.deepEqual(place({ parent: "p", around, container: apart }), { path, amounts: own, around });
  assert.deepEqual(place({ parent: "p", around }, { isV2: true }), { path, amounts: undefined, around });
});

void test("beside a process of version 2 it is bound to as much as that", () => {
  const surroundings = { above: "/mesos/p", isV2: true };
  assert.deepEqual(place({ parent: "p", around }, surroundings), { path: "/mesos/c", amounts: around });
  assert.deepEqual(place({ parent: "p", around, container: apart }, surroundings).amounts, own);
});
