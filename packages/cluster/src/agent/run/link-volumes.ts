// Persistent volumes appear in sandboxes as links (`filesystem/posix` isolator of Mesos).
import { chown, lstat, mkdir, rm, stat, symlink } from "node:fs/promises";
import { dirname, isAbsolute } from "node:path";
import type { Resource } from "@mezzo/wire";
import { volumePath } from "../operations/volume-path.ts";
import { resolveInside } from "../sandbox/resolve-inside.ts";

/** Links every persistent volume among the resources into the sandbox and gives it to the sandbox's owner. */
export async function linkVolumes(
  workDir: string,
  { sandbox, resources }: { sandbox: string; resources: Resource[] },
): Promise<void> {
  for (const resource of resources) {
    const target = volumePath(workDir, resource);
    const path = resource.disk?.volume?.container_path;
    if (target !== undefined && path !== undefined) await linkVolume(sandbox, { target, path });
  }
}

async function linkVolume(
  sandbox: string,
  { target, path }: { target: string; path: string },
): Promise<void> {
  if (isAbsolute(path)) {
    throw new Error(`Cannot link the volume to '${path}': absolute paths need a container of its own`);
  }
  const link = await resolveInside(sandbox, path);
  if (link === undefined) throw new Error(`Cannot link the volume to '${path}': it is outside the sandbox`);
  const owner = await stat(sandbox);
  await chown(target, owner.uid, owner.gid);
  await mkdir(dirname(link), { recursive: true });
  const found = await lstat(link).catch(() => undefined);
  if (found?.isSymbolicLink()) await rm(link);
  await symlink(target, link);
}
