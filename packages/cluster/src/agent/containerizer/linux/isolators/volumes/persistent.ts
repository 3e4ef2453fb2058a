// filesystem/linux: persistent volumes are mounted, where plain processes find links to them.
// Follows `src/slave/containerizer/mesos/isolators/filesystem/linux.cpp`.
import { VolumeOwners } from "../../../../operations/volume-owners.ts";
import { volumePath } from "../../../../operations/volume-path.ts";
import type { Isolator } from "../../isolator.ts";
import { mountVolume } from "./mount-point.ts";

export function persistentVolumeIsolator({ workDir }: { workDir: string }): Isolator {
  const owners = new VolumeOwners();
  return {
    name: "filesystem/linux",
    async prepare(launch) {
      const { config, identity } = launch;
      for (const resource of config.resources) {
        const source = volumePath(workDir, resource);
        const volume = resource.disk?.volume;
        if (source === undefined || volume === undefined) continue;
        const { containerId } = config;
        if (identity) await owners.give(resource, { path: source, containerId, owner: identity });
        await mountVolume(launch, { source, path: volume.container_path, mode: volume.mode });
      }
    },
    async cleanup(containerId) {
      owners.release(containerId);
    },
  };
}
