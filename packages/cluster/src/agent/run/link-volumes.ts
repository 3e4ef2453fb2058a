// Persistent volumes appear in sandboxes as links (`filesystem/posix` isolator of Mesos).
import { lstat, rm, symlink } from "node:fs/promises";
import { isAbsolute } from "node:path";
import type { Resource } from "@mezzo/wire";
import type { VolumeOwners } from "../operations/volume-owners.ts";
import { volumePath } from "../operations/volume-path.ts";
import { atPlace } from "../sandbox/at-place.ts";
import { inSandbox } from "../sandbox/enter-sandbox.ts";

/** Links every persistent volume among the resources into the sandbox and gives it to the sandbox's owner. */
export async function linkVolumes(
  { containerId, sandbox, resources }: { containerId: string; sandbox: string; resources: Resource[] },
  { workDir, owners }: { workDir: string; owners: VolumeOwners },
): Promise<void> {
  for (const resource of resources) {
    const target = volumePath(workDir, resource);
    const path = resource.disk?.volume?.container_path;
    if (target === undefined || path === undefined) continue;
    assertRelative(path);
    const owner = await inSandbox(sandbox, (folder) => folder.stat());
    const outside = (): Error => new Error(`Cannot link the volume to '${path}': it is outside the sandbox`);
    await atPlace({ sandbox, name: path, makes: true, outside }, async (place) => {
      await owners.give(resource, { path: target, containerId, owner });
      const found = await lstat(place.path).catch(() => undefined);
      if (found?.isSymbolicLink()) await rm(place.path);
      await symlink(target, place.path);
    });
  }
}

function assertRelative(path: string): void {
  if (!isAbsolute(path)) return;
  throw new Error(`Cannot link the volume to '${path}': absolute paths need a container of its own`);
}
