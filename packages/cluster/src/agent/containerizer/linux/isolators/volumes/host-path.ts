// volume/host_path: files and folders of the machine in a container.
// Follows `src/slave/containerizer/mesos/isolators/volume/host_path.cpp`.
import { mkdir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, normalize } from "node:path";
import type { Volume } from "@mezzo/wire";
import { isInside } from "../../../../sandbox/is-inside.ts";
import { decodeMountPath } from "../../decode-mount-path.ts";
import type { Isolator, Launch } from "../../isolator.ts";
import { type VolumeMount, mountVolume } from "./mount-point.ts";

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
        const propagates = volume.source?.host_path?.mount_propagation?.mode === "BIDIRECTIONAL";
        if (propagates) await shareMounts(launch, path);
        const mount: VolumeMount = {
          source: path,
          path: volume.container_path,
          mode: volume.mode,
          isFile: !found.isDirectory(),
          ...(propagates && { propagation: "rshared" }),
        };
        await mountVolume(launch, mount);
      }
    },
  };
}

/** Lets mounts that the container makes below the path appear on the machine, where that is possible. */
async function shareMounts({ spec }: Launch, path: string): Promise<void> {
  const mounts = (await readFile("/proc/self/mountinfo", "utf8")).trim().split("\n");
  const real = await realpath(path);
  // The last of those that are as near to the path as can be hides the others.
  let nearest = { target: "", options: "" };
  for (const mount of mounts) {
    const [, , , , quoted = "", ...options] = (mount.split(" - ")[0] ?? "").split(" ");
    const target = decodeMountPath(quoted);
    if (target.length >= nearest.target.length && isInside(target, real)) {
      nearest = { target, options: options.join(" ") };
    }
  }
  if (!nearest.options.includes("shared:")) {
    throw new Error(
      `Cannot setup bidirectional mount propagation for host path '${path}' because it is not under a shared mount`,
    );
  }
  // The runtime would cut all ties to the machine's mounts otherwise.
  spec.linux.rootfsPropagation = "shared";
}
