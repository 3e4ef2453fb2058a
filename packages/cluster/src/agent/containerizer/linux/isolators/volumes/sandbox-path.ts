// volume/sandbox_path: a folder of the container's own sandbox, or of that around it, which is how tasks of a group share files.
// Follows `src/slave/containerizer/mesos/isolators/volume/sandbox_path.cpp`.
import { lstatSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { Volume } from "@mezzo/wire";
import { atPlace } from "../../../../sandbox/at-place.ts";
import type { HeldFolder, Owner } from "../../../../sandbox/held-folder.ts";
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
        const held = await hold({ sandbox: root, name: source.path, owner: identity });
        launch.held.push(held);
        const { container_path, mode } = volume;
        await mountVolume(launch, {
          source: held.realPath,
          held,
          path: container_path,
          mode,
          isFile: !held.stat().isDirectory(),
        });
      }
    },
  };
}

/** Whoever has the sandbox may change what has the name until it is mounted: what was found is held. */
async function hold(of: { sandbox: string; name: string; owner: Owner | undefined }): Promise<HeldFolder> {
  const outside = (): Error => new Error(`Path '${of.name}' is outside the sandbox`);
  const place = { ...of, makes: true, outside };
  const file = await atPlace({ ...place, follows: true }, ({ folder, name, path }) => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found === undefined || found.isDirectory() ? undefined : folder.hold(name);
  });
  return file ?? atPlace({ ...place, isFolder: true }, ({ folder }) => folder.again());
}
