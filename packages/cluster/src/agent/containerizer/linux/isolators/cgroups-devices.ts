// cgroups/devices: a container may make any device's file, and read and write a few harmless ones alone.
// Follows `src/slave/containerizer/mesos/isolators/cgroups/subsystems/devices.cpp`.
import type { DeviceAccess, DeviceWhitelist } from "@mezzo/wire";
import type { Isolator } from "../isolator.ts";
import type { OciDeviceRule } from "../oci-spec.ts";
import { allowDevice, deviceAt } from "./device.ts";

/** Of console, tty0, tty1, ptmx, pts, tty, null, zero, full, random, urandom and net/tun: type, major, minor. */
const ALWAYS: readonly (readonly ["c", number, number | undefined])[] = [
  ["c", 5, 1],
  ["c", 4, 0],
  ["c", 4, 1],
  ["c", 136, undefined],
  ["c", 5, 2],
  ["c", 10, 200],
  ["c", 1, 3],
  ["c", 1, 5],
  ["c", 1, 7],
  ["c", 5, 0],
  ["c", 1, 9],
  ["c", 1, 8],
];

/** `allowed`: `--allowed_devices`. Throws when one of those is no device of this machine. */
export function devicesIsolator({ allowed }: { allowed: DeviceWhitelist | undefined }): Isolator {
  const more = (allowed?.allowed_devices ?? []).map(ruleFor);
  return {
    name: "cgroups/devices",
    prepare({ spec }) {
      spec.linux.resources.devices = [
        { allow: false, access: "rwm" },
        { allow: true, type: "c", access: "m" },
        { allow: true, type: "b", access: "m" },
        ...ALWAYS.map(([type, major, minor]) => ({
          allow: true,
          type,
          major,
          ...(minor !== undefined && { minor }),
          access: "rwm",
        })),
        ...more,
      ];
    },
  };
}

function ruleFor({ device, access }: DeviceAccess): OciDeviceRule {
  const path = device.path ?? "";
  const found = deviceAt(path);
  if (!found) throw new Error(`Cannot allow the device '${path}' of --allowed_devices: it is no device`);
  const letters = [access.read && "r", access.write && "w", access.mknod && "m"].filter(Boolean).join("");
  return allowDevice(found, letters);
}
