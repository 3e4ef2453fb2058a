// filesystem/linux: persistent volumes are mounted, where plain processes find links to them.
// Follows `src/slave/containerizer/mesos/isolators/filesystem/linux.cpp`.
import { chown } from "node:fs/promises";
import { volumePath } from "../../../../operations/volume-path.ts";
import type { Isolator } from "../../isolator.ts";
import { mountVolume } from "./mount-point.ts";

/** A shared volume stays whose it was: several containers may have it, with users of their own. */
export function persistentVolumeIsolator({ workDir }: { workDir: string }): Isolator {
  return {
    name: "filesystem/linux",
    async prepare(launch) {
      const { config, identity } = launch;
      for (const resource of config.resources) {
        const source = volumePath(workDir, resource);
        const volume = resource.disk?.volume;
        if (source === undefined || volume === undefined) continue;
        if (identity && resource.shared === undefined) await chown(source, identity.uid, identity.gid);
        await mountVolume(launch, { source, path: volume.container_path, mode: volume.mode });
      }
    },
  };
}
