// A device file of the machine, for a container.
import { statSync } from "node:fs";
import type { OciDevice, OciDeviceRule } from "../oci-spec.ts";

/** What kind a device is, by its numbers. */
export type DeviceNumbers = Pick<OciDevice, "type" | "major" | "minor">;

/** Linux packs major and minor numbers into one. */
const majorOf = (device: number): number => Math.trunc(device / 256) % 4096;
const minorOf = (device: number): number => (device % 256) + Math.trunc(device / 1_048_576) * 256;

/** Throws with the system's words when there is no such file; undefined for one that is no device. */
export function deviceAt(path: string): DeviceNumbers | undefined {
  const found = statSync(path);
  if (!found.isCharacterDevice() && !found.isBlockDevice()) return undefined;
  const type = found.isBlockDevice() ? "b" : "c";
  return { type, major: majorOf(found.rdev), minor: minorOf(found.rdev) };
}

/** `access`: of the letters r, w and m. */
export function allowDevice({ type, major, minor }: DeviceNumbers, access: string): OciDeviceRule {
  return { allow: true, type, major, minor, access };
}
