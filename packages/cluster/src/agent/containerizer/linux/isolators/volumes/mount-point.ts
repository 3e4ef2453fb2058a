// Where a volume appears in a container, and what has to be there before it can be mounted.
// @see Mesos src/slave/containerizer/mesos/isolators/volume/host_path.cpp
import { chown, lstat, mkdir, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import type { VolumeMode } from "@mezzo/wire";
import { resolveInside } from "../../../../sandbox/resolve-inside.ts";
import type { Launch } from "../../isolator.ts";
import type { OciMount } from "../../oci-spec.ts";

/** What is mounted, and where. */
export interface VolumeMount {
  source: string;
  /** `container_path`: absolute, or relative to the sandbox. */
  path: string;
  mode: VolumeMode | undefined;
  /** A file that is mounted over a file. */
  isFile?: boolean;
  /** What is said when an absolute path of the machine's file system is not there. */
  missing?: string;
  /** Unless given, mounts that the machine makes below the source later appear in the container, too. */
  propagation?: "rslave" | "rshared";
}

/** Makes what is missing of a path in the sandbox, for the sandbox's owner. */
async function makeInSandbox({ config, identity }: Launch, path: string, isFile: boolean): Promise<void> {
  const inside = await resolveInside(config.sandbox, path);
  if (inside === undefined) throw new Error(`Path '${path}' is outside the sandbox`);
  const found = await lstat(inside).catch(() => undefined);
  if (found?.isSymbolicLink() === true) throw new Error(`Path '${path}' is a link in the sandbox`);
  if (found !== undefined) return;
  await mkdir(isFile ? dirname(inside) : inside, { recursive: true });
  if (isFile) await writeFile(inside, "", { flag: "wx" });
  if (identity) await chown(inside, identity.uid, identity.gid);
}

/** Adds the mount to what the container will be. Rejects in Mesos' words when it has no place to go to. */
export async function mountVolume(launch: Launch, volume: VolumeMount): Promise<void> {
  const { path, isFile = false } = volume;
  const {
    missing = `Mount point '${path}' is an absolute path. It must exist if the container shares the host filesystem`,
  } = volume;
  if (!isAbsolute(path)) await makeInSandbox(launch, path, isFile);
  else if (launch.rootfs === undefined && (await lstat(path).catch(() => undefined)) === undefined) {
    throw new Error(missing);
  }
  launch.spec.mounts.push({
    destination: isAbsolute(path) ? path : join(launch.sandbox, path),
    type: "bind",
    source: volume.source,
    options: optionsOf(volume),
  });
}

function optionsOf({ mode, propagation = "rslave" }: VolumeMount): NonNullable<OciMount["options"]> {
  return ["rbind", propagation, ...(mode === "RO" ? ["ro"] : [])];
}
