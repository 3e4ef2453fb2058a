// volume/sandbox_path: a folder of the container's own sandbox, or of that around it, which is how tasks of a group share files.
// Follows `src/slave/containerizer/mesos/isolators/volume/sandbox_path.cpp`.
import { chown, mkdir, stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import type { Volume } from "@mezzo/wire";
import { resolveInside } from "../../../../sandbox/resolve-inside.ts";
import type { Isolator } from "../../isolator.ts";
import { mountVolume } from "./mount-point.ts";

/** What of whose sandbox; undefined for other volumes. */
function sourceOf({ host_path: older, source }: Volume): { type: string; path: string } | undefined {
  if (older !== undefined && !isAbsolute(older)) return { type: "SELF", path: older };
  if (source?.type !== "SANDBOX_PATH") return undefined;
  const { type = "UNKNOWN", path = "" } = source.sandbox_path ?? {};
  if (isAbsolute(path)) throw new Error(`Path '${path}' in SANDBOX_PATH volume is absolute`);
  if (type === "UNKNOWN") throw new Error("Unknown SANDBOX_PATH volume type");
  return { type, path };
}

export function sandboxPathIsolator(): Isolator {
  return {
    name: "volume/sandbox_path",
    async prepare(launch) {
      const { config, identity } = launch;
      for (const volume of config.container?.volumes ?? []) {
        const source = sourceOf(volume);
        if (source === undefined) continue;
        const isParents = source.type === "PARENT";
        if (isParents && config.parentSandbox === undefined) {
          throw new Error("SANDBOX_PATH volume PARENT type only works for nested container");
        }
        const root = isParents ? (config.parentSandbox ?? "") : config.sandbox;
        const path = await resolveInside(root, source.path);
        if (path === undefined) throw new Error(`Path '${source.path}' is outside the sandbox`);
        let found = await stat(path).catch(() => undefined);
        if (found === undefined) {
          await mkdir(path, { recursive: true });
          if (identity) await chown(path, identity.uid, identity.gid);
          found = await stat(path);
        }
        const { container_path, mode } = volume;
        await mountVolume(launch, { source: path, path: container_path, mode, isFile: !found.isDirectory() });
      }
    },
  };
}
