// Persistent volumes appear in sandboxes as links (`filesystem/posix` isolator of Mesos).
import { lstat, mkdir, rm, stat, symlink } from "node:fs/promises";
import { dirname, isAbsolute } from "node:path";
import type { Resource } from "@mezzo/wire";
import type { VolumeOwners } from "../operations/volume-owners.ts";
import { volumePath } from "../operations/volume-path.ts";
import { resolveInside } from "../sandbox/resolve-inside.ts";

/** Links every persistent volume among the resources into the sandbox and gives it to the sandbox's owner. */
export async function linkVolumes(
  { containerId, sandbox, resources }: { containerId: string; sandbox: string; resources: Resource[] },
  { workDir, owners }: { workDir: string; owners: VolumeOwners },
): Promise<void> {
  for (const resource of resources) {
    const target = volumePath(workDir, resource);
    const path = resource.disk?.volume?.container_path;
    if (target === undefined || path === undefined) continue;
    const link = await placeOf(sandbox, path);
    await owners.give(resource, { path: target, containerId, owner: await stat(sandbox) });
    await mkdir(dirname(link), { recursive: true });
    const found = await lstat(link).catch(() => undefined);
    if (found?.isSymbolicLink()) await rm(link);
    await symlink(target, link);
  }
}

/** Where the link goes. */
async function placeOf(sandbox: string, path: string): Promise<string> {
  if (isAbsolute(path)) {
    throw new Error(`Cannot link the volume to '${path}': absolute paths need a container of its own`);
  }
  const link = await resolveInside(sandbox, path);
  if (link === undefined) throw new Error(`Cannot link the volume to '${path}': it is outside the sandbox`);
  return link;
}
