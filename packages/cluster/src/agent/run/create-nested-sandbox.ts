// The sandbox of a task in a group: below its executor's, with what the tasks share linked into it.
import { chmod, chown, lstat, mkdir, rm, symlink } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import type { ContainerInfo, Volume } from "@mezzo/wire";
import type { LaunchContainerEffect } from "../effects.ts";
import { resolveInside } from "../sandbox/resolve-inside.ts";
import { lookUpUser } from "../sandbox/user.ts";

/** As every sandbox: others have no access. */
const SANDBOX_MODE = 0o750;

/**
 * Makes the sandbox with its link `tasks/<task>` in the executor's, and links volumes of the type SANDBOX_PATH as the
 * isolator `volume/sandbox_path` of Mesos does for plain processes, unless they are mounted. Returns the container without
 * those that are links.
 */
export async function createNestedSandbox(
  { sandbox, user, container }: LaunchContainerEffect,
  { parentSandbox, taskId, mounts }: { parentSandbox: string; taskId: string; mounts: boolean },
): Promise<ContainerInfo | undefined> {
  await mkdir(sandbox, { recursive: true });
  await give(sandbox, user);
  await chmod(sandbox, SANDBOX_MODE);
  const link = join(parentSandbox, "tasks", taskId);
  await mkdir(dirname(link), { recursive: true });
  await rm(link, { force: true });
  await symlink(sandbox, link);
  return mounts ? container : linkSandboxVolumes(container, { sandbox, parentSandbox, user });
}

/** Links volumes of the type SANDBOX_PATH into the sandbox and returns the container without them. */
export async function linkSandboxVolumes(
  container: ContainerInfo | undefined,
  of: { sandbox: string; parentSandbox: string; user: string | undefined },
): Promise<ContainerInfo | undefined> {
  const volumes = container?.volumes ?? [];
  for (const volume of volumes.filter(isSandboxPath)) await linkVolume(volume, of);
  return container && { ...container, volumes: volumes.filter((volume) => !isSandboxPath(volume)) };
}

function isSandboxPath(volume: Volume): boolean {
  return volume.source?.type === "SANDBOX_PATH";
}

async function linkVolume(
  volume: Volume,
  of: { sandbox: string; parentSandbox: string; user: string | undefined },
): Promise<void> {
  const { type, path = "" } = volume.source?.sandbox_path ?? {};
  if (isAbsolute(path)) throw new Error(`Path '${path}' in SANDBOX_PATH volume is absolute`);
  if (isAbsolute(volume.container_path)) {
    throw new Error(
      "The 'linux' launcher and 'filesystem/linux' isolator must be enabled to support SANDBOX_PATH volume with " +
        "absolute container path",
    );
  }
  const root = type === "PARENT" ? of.parentSandbox : of.sandbox;
  const target = await resolveInside(root, path);
  const link = await resolveInside(of.sandbox, volume.container_path);
  if (target === undefined || link === undefined) {
    throw new Error(`Path '${target === undefined ? path : volume.container_path}' is outside the sandbox`);
  }
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) {
    await mkdir(target, { recursive: true });
    await give(target, of.user);
  }
  await mkdir(dirname(link), { recursive: true });
  await symlink(target, link);
}

async function give(path: string, user: string | undefined): Promise<void> {
  if (user === undefined) return;
  const identity = await lookUpUser(user);
  if (!identity) throw new Error(`Failed to get the uid of user '${user}': No such user`);
  if (identity.uid !== process.geteuid?.()) await chown(path, identity.uid, identity.gid);
}
