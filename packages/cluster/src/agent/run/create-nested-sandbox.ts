// The sandbox of a task in a group: below its executor's, with what the tasks share linked into it.
import { lstat, rm, symlink } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import type { ContainerInfo, Volume } from "@mezzo/wire";
import type { LaunchContainerEffect } from "../effects.ts";
import { atPlace } from "../sandbox/at-place.ts";
import { createSandboxDirectory } from "../sandbox/create-sandbox.ts";
import { enterSandbox } from "../sandbox/enter-sandbox.ts";
import type { Owner } from "../sandbox/held-folder.ts";
import { lookUpUser } from "../sandbox/user.ts";

/**
 * Makes the sandbox with its link `tasks/<task>` in the executor's, and links volumes of the type SANDBOX_PATH as the
 * isolator `volume/sandbox_path` of Mesos does for plain processes, unless they are mounted. Returns the container without
 * those that are links.
 */
export async function createNestedSandbox(
  { sandbox, user, container }: LaunchContainerEffect,
  { parentSandbox, taskId, mounts }: { parentSandbox: string; taskId: string; mounts: boolean },
): Promise<ContainerInfo | undefined> {
  await createSandboxDirectory(sandbox, user === undefined ? {} : { user });
  await linkTask({ sandbox, parentSandbox, taskId });
  return mounts ? container : linkSandboxVolumes(container, { sandbox, parentSandbox, user });
}

/** Whose the executor's sandbox is may have put a link in the place of `tasks`. */
async function linkTask(of: { sandbox: string; parentSandbox: string; taskId: string }): Promise<void> {
  const parent = enterSandbox(of.parentSandbox);
  try {
    const tasks = parent.make("tasks");
    try {
      await rm(tasks.at(of.taskId), { force: true });
      await symlink(of.sandbox, tasks.at(of.taskId));
    } finally {
      tasks.close();
    }
  } finally {
    parent.close();
  }
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
  const owner = await ownerOf(of.user);
  const outside = (name: string) => (): Error => new Error(`Path '${name}' is outside the sandbox`);
  await atPlace({ sandbox: root, name: path, makes: true, owner, outside: outside(path) }, async (place) => {
    const found = await lstat(place.path).catch(() => undefined);
    if (found === undefined) place.folder.make(place.name, owner).close();
  });
  const name = volume.container_path;
  await atPlace({ sandbox: of.sandbox, name, makes: true, owner, outside: outside(name) }, (place) =>
    symlink(join(root, normalize(path)), place.path),
  );
}

/** Whom to give things to; undefined when they are the agent's user's. */
async function ownerOf(user: string | undefined): Promise<Owner | undefined> {
  if (user === undefined) return undefined;
  const identity = await lookUpUser(user);
  if (!identity) throw new Error(`Failed to get the uid of user '${user}': No such user`);
  return identity.uid === process.geteuid?.() ? undefined : identity;
}
