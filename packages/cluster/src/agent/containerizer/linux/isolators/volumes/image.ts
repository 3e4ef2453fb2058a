// volume/image: the file system of an image somewhere in a container.
// Follows `src/slave/containerizer/mesos/isolators/volume/image.cpp`.
import { type ImageProvisioner, volumeRootId } from "../../../image-provisioner.ts";
import type { Isolator } from "../../isolator.ts";
import { mountVolume } from "./mount-point.ts";

/** More volumes of images than anybody gives a container; their roots are looked for by number when it ends. */
const MAX_VOLUMES = 16;

export function imageVolumeIsolator(provisioner: ImageProvisioner | undefined): Isolator {
  return {
    name: "volume/image",
    async prepare(launch) {
      const { config } = launch;
      const volumes = (config.container?.volumes ?? []).filter(({ image }) => image !== undefined);
      if (volumes.length > MAX_VOLUMES) throw new Error(`More than ${MAX_VOLUMES} volumes are of images`);
      for (const [index, { image, container_path, mode }] of volumes.entries()) {
        if (image === undefined) continue;
        if (!provisioner) throw new Error("No image providers are configured: set --image_providers");
        const { rootfs } = await provisioner.provision({
          image,
          containerId: volumeRootId(config.containerId, index),
        });
        await mountVolume(launch, {
          source: rootfs,
          path: container_path,
          mode,
          missing: `Absolute container path '${container_path}' does not exist`,
        });
      }
    },
    async cleanup(containerId) {
      for (let index = 0; index < MAX_VOLUMES; index++)
        await provisioner?.release(volumeRootId(containerId, index));
    },
  };
}
