// linux/devices: the devices of `--allowed_devices` are there in containers with an image, whose `/dev` is their own.
// Follows `src/slave/containerizer/mesos/isolators/linux/devices.cpp`.
import type { DeviceWhitelist } from "@mezzo/wire";
import type { Isolator } from "../isolator.ts";
import type { OciDevice } from "../oci-spec.ts";
import { deviceAt } from "./device.ts";

const OWNER = 0o600;
const OTHERS_READ = 0o044;
const OTHERS_WRITE = 0o022;

/** Throws when one of the devices is none of this machine. */
export function linuxDevicesIsolator({ allowed }: { allowed: DeviceWhitelist | undefined }): Isolator {
  const devices = (allowed?.allowed_devices ?? []).map(({ device, access }): OciDevice => {
    const { path } = device;
    if (path === undefined) throw new Error("Whitelisted device has no device path provided");
    const found = deviceAt(path);
    if (!found) throw new Error(`'${path}' is not a block or character device`);
    // Access is the container's, whoever runs in it.
    const others = (access.read === true ? OTHERS_READ : 0) + (access.write === true ? OTHERS_WRITE : 0);
    return { path, ...found, fileMode: OWNER + others, uid: 0, gid: 0 };
  });
  return {
    name: "linux/devices",
    prepare({ spec, rootfs }) {
      if (rootfs !== undefined) spec.linux.devices.push(...devices);
    },
  };
}
