// volume/host_path: files and folders of the machine in a container.
// Follows `src/slave/containerizer/mesos/isolators/volume/host_path.cpp`.
import { mkdir, stat } from "node:fs/promises";
import { isAbsolute, normalize } from "node:path";
import type { Volume } from "@mezzo/wire";
import { isInside } from "../../../../sandbox/resolve-inside.ts";
import type { Isolator } from "../../isolator.ts";
import { type VolumeMount, mountVolume } from "./mount-point.ts";

const PROPAGATION = { HOST_TO_CONTAINER: "rslave", BIDIRECTIONAL: "rshared", UNKNOWN: "rprivate" } as const;

/** The path on the machine; undefined for other volumes. One that is relative is of the sandbox. */
function hostPathOf({ host_path: older, source }: Volume): string | undefined {
  if (source?.type === "HOST_PATH") return source.host_path?.path ?? "";
  return older !== undefined && isAbsolute(older) ? older : undefined;
}

/** `creatable` are the folders below which what is missing may be made: `--host_path_volume_force_creation`. */
export function hostPathIsolator({ creatable }: { creatable: readonly string[] }): Isolator {
  const mayCreate = (path: string): boolean =>
    creatable.some((folder) => isInside(normalize(folder), normalize(path)));
  return {
    name: "volume/host_path",
    async prepare(launch) {
      for (const volume of launch.config.container?.volumes ?? []) {
        const path = hostPathOf(volume);
        if (path === undefined) continue;
        if (!isAbsolute(path)) throw new Error(`Path '${path}' in HOST_PATH volume is not absolute`);
        let found = await stat(path).catch(() => undefined);
        if (found === undefined && mayCreate(path)) {
          await mkdir(path, { recursive: true });
          found = await stat(path);
        }
        if (found === undefined) {
          const why = creatable.length > 0 ? " and is not whitelisted for creation" : "";
          throw new Error(`Path '${path}' in HOST_PATH volume does not exist${why}`);
        }
        const { mount_propagation: propagation } = volume.source?.host_path ?? {};
        const mount: VolumeMount = {
          source: path,
          path: volume.container_path,
          mode: volume.mode,
          isFile: !found.isDirectory(),
          propagation: PROPAGATION[propagation?.mode ?? "UNKNOWN"],
        };
        await mountVolume(launch, mount);
      }
    },
  };
}
