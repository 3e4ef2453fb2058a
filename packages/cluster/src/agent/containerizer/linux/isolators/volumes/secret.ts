// volume/secret: a secret as a file in a container. Follows `src/slave/containerizer/mesos/isolators/volume/secret.cpp`.
import { chown, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Isolator } from "../../isolator.ts";
import { mountVolume } from "./mount-point.ts";

/** The folder of a container's secrets in its runtime directory, which goes when the container does. */
const FOLDER = "secrets";

export function secretIsolator(): Isolator {
  return {
    name: "volume/secret",
    async prepare(launch) {
      const { config, identity } = launch;
      const volumes = (config.container?.volumes ?? []).filter(({ source }) => source?.type === "SECRET");
      for (const [index, { source, container_path, mode }] of volumes.entries()) {
        const secret = source?.secret;
        const data = secret?.type === "VALUE" ? secret.value?.data : undefined;
        if (data === undefined) {
          throw new Error(
            `Cannot give the container the secret at '${container_path}': only secrets of type VALUE can be resolved`,
          );
        }
        const folder = join(config.runtimeDir, FOLDER);
        const file = join(folder, String(index));
        await mkdir(folder, { recursive: true, mode: 0o711 });
        await writeFile(file, Buffer.from(data, "base64"), { mode: 0o400, flag: "wx" });
        if (identity) await chown(file, identity.uid, identity.gid);
        await mountVolume(launch, {
          source: file,
          path: container_path,
          mode: mode ?? "RO",
          isFile: true,
          missing: `Absolute container path '${container_path}' does not exist`,
        });
      }
    },
  };
}
