// Where a volume appears in a container, and what has to be there before it can be mounted.
// @see Mesos src/slave/containerizer/mesos/isolators/volume/host_path.cpp
import { closeSync, constants, fchownSync, lstatSync, openSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { basename, isAbsolute, join, relative } from "node:path";
import type { VolumeMode } from "@mezzo/wire";
import { atPlace, type Place } from "../../../../sandbox/at-place.ts";
import { inSandbox } from "../../../../sandbox/enter-sandbox.ts";
import type { HeldFolder, Owner } from "../../../../sandbox/held-folder.ts";
import type { Launch } from "../../isolator.ts";
import type { OciMount } from "../../oci-spec.ts";

/** What is mounted, and where. */
export interface VolumeMount {
  source: string;
  /** The same, held, where others might exchange it before it is mounted. */
  held?: HeldFolder;
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

/**
 * Makes what is missing of a path in the sandbox, for the sandbox's owner. The runtime goes there by name later: where its mount
 * has to be then is noted.
 */
async function makeInSandbox(launch: Launch, { path, isFile = false, held }: VolumeMount): Promise<void> {
  const { config, identity: owner } = launch;
  const { sandbox } = config;
  const outside = (): Error => new Error(`Path '${path}' is outside the sandbox`);
  await atPlace({ sandbox, name: path, makes: true, owner, outside }, async (place) => {
    const found = lstatSync(place.path, { throwIfNoEntry: false });
    if (found?.isSymbolicLink() === true) throw new Error(`Path '${path}' is a link in the sandbox`);
    if (found === undefined && isFile) makeFile(place, owner);
    else if (found === undefined) place.folder.make(place.name, owner).close();
    const real = join(place.folder.realPath, place.name);
    const at = launch.rootfs === undefined ? real : await seenInImage(launch, real);
    launch.expected.push({ at, of: held });
  });
}

function makeFile({ path }: Place, owner: Owner | undefined): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644);
  try {
    if (owner) fchownSync(file, owner.uid, owner.gid);
  } finally {
    closeSync(file);
  }
}

/** The end of its path: what lies above the sandbox is the image's, whose own links count. */
async function seenInImage({ config, sandbox }: Launch, real: string): Promise<string> {
  const within = await inSandbox(config.sandbox, (folder) => relative(folder.realPath, real));
  return join("/", basename(sandbox), within);
}

/** Adds the mount to what the container will be. Rejects in Mesos' words when it has no place to go to. */
export async function mountVolume(launch: Launch, volume: VolumeMount): Promise<void> {
  const { path } = volume;
  const {
    missing = `Mount point '${path}' is an absolute path. It must exist if the container shares the host filesystem`,
  } = volume;
  if (!isAbsolute(path)) await makeInSandbox(launch, volume);
  else if (launch.rootfs === undefined && (await lstat(path).catch(() => undefined)) === undefined) {
    throw new Error(missing);
  } else if (volume.held) launch.expected.push({ at: join("/", basename(path)), of: volume.held });
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
