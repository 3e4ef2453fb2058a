// Devices that containers get beside the harmless ones.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { DeviceWhitelist } from "@mezzo/wire";
import type { Launch } from "../isolator.ts";
import type { OciSpec } from "../oci-spec.ts";
import { GpuIsolator } from "./gpu-nvidia.ts";
import { linuxDevicesIsolator } from "./linux-devices.ts";

function launchOf(containerId: string, gpus: number, extra: Partial<Launch> = {}): Launch {
  const spec = { linux: { resources: { devices: [] }, devices: [] } } as unknown as OciSpec;
  const resources = gpus === 0 ? [] : [{ name: "gpus", type: "SCALAR" as const, scalar: { value: gpus } }];
  const config = { containerId, command: {}, environment: {}, sandbox: "", runtimeDir: "", resources };
  return { config, spec, sandbox: "", held: [], expected: [], ...extra };
}

/** Links to harmless devices under the names of others: major 1, minors 3, 5 and 7, and 9 for the driver's. */
function folderOf(t: TestContext): { root: string; deviceFolder: string } {
  const folder = mkdtempSync(join(tmpdir(), "mezzo-devices-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const names = { nvidia0: "null", nvidia1: "zero", nvidia3: "full", nvidiactl: "urandom" };
  for (const [name, target] of Object.entries(names)) symlinkSync(`/dev/${target}`, join(folder, name));
  writeFileSync(join(folder, "nvidia-uvm"), "no device");
  return { root: join(folder, "root"), deviceFolder: folder };
}

function rulesOf({ spec }: Launch): string[] {
  return spec.linux.resources.devices.map(
    ({ type, major, minor, access }) => `${type} ${major}:${minor} ${access}`,
  );
}

void test("GpuIsolator gives each container GPUs of its own, also after a restart", async (t) => {
  const options = { ...folderOf(t), devices: [0, 1, 3] };
  const isolator = new GpuIsolator(options);
  const prepare = (launch: Launch, by = isolator): string[] => {
    by.prepare(launch);
    return rulesOf(launch);
  };
  assert.deepEqual(prepare(launchOf("none", 0)), ["c 1:9 rwm"]);
  assert.deepEqual(prepare(launchOf("two", 2)), ["c 1:9 rwm", "c 1:3 rw", "c 1:5 rw"]);
  const within = launchOf("within", 0, { parent: { containerId: "two" } });
  assert.deepEqual(prepare(within), ["c 1:9 rwm", "c 1:3 rw", "c 1:5 rw"]);
  assert.throws(() => prepare(launchOf("more", 2)), { message: "Requested 2 gpus but only 1 available" });
  assert.throws(() => prepare(launchOf("half", 0.5)), /must be an unsigned integer/);
  assert.deepEqual(prepare(launchOf("one", 1)), ["c 1:9 rwm", "c 1:7 rw"]);

  const next = new GpuIsolator(options);
  await next.recover(new Set(["two"]));
  assert.deepEqual(readdirSync(options.root), ["two"]);
  assert.deepEqual(prepare(launchOf("again", 1), next), ["c 1:9 rwm", "c 1:7 rw"]);
  await next.cleanup("two");
  assert.deepEqual(prepare(launchOf("last", 2), next), ["c 1:9 rwm", "c 1:3 rw", "c 1:5 rw"]);
  assert.deepEqual(readdirSync(options.root), ["again", "last"]);
});

void test("GpuIsolator makes the devices in a container with an image", (t) => {
  const isolator = new GpuIsolator({ ...folderOf(t), devices: [0] });
  const launch = launchOf("c", 1, { rootfs: "/rootfs" });
  isolator.prepare(launch);
  assert.deepEqual(
    launch.spec.linux.devices.map(({ path, major, minor }) => `${path} ${major}:${minor}`),
    ["/dev/nvidiactl 1:9", "/dev/nvidia0 1:3"],
  );
});

void test("linuxDevicesIsolator() makes allowed devices where /dev is the container's own", () => {
  const allowed: DeviceWhitelist = {
    allowed_devices: [
      { device: { path: "/dev/zero" }, access: { read: true } },
      { device: { path: "/dev/null" }, access: { read: true, write: true } },
    ],
  };
  const isolator = linuxDevicesIsolator({ allowed });
  const shared = launchOf("shared", 0);
  void isolator.prepare?.(shared);
  assert.deepEqual(shared.spec.linux.devices, []);
  const own = launchOf("own", 0, { rootfs: "/rootfs" });
  void isolator.prepare?.(own);
  assert.deepEqual(
    own.spec.linux.devices.map(({ path, fileMode = 0 }) => `${path} ${fileMode.toString(8)}`),
    ["/dev/zero 644", "/dev/null 666"],
  );
  const of = (path?: string): DeviceWhitelist => ({
    allowed_devices: [{ device: path === undefined ? {} : { path }, access: {} }],
  });
  assert.throws(() => linuxDevicesIsolator({ allowed: of("/") }), /'\/' is not a block or character device/);
  assert.throws(() => linuxDevicesIsolator({ allowed: of() }), /no device path provided/);
});
