// Finds where the kernel's cgroup controllers are: version 1, version 2, or some here and some there.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a controller's cgroups lie. */
export interface Controller {
  version: 1 | 2;
  /** Absolute path of the mount. */
  mount: string;
}

/** Controllers by name. */
export type Hierarchy = ReadonlyMap<string, Controller>;

/**
 * Reads the mounts below `--cgroups_hierarchy`. `mountinfo` is the text of `/proc/self/mountinfo`, `controllersOf` the
 * content of a cgroup2 mount's `cgroup.controllers`.
 */
export function parseHierarchy(
  mountinfo: string,
  { base, controllersOf }: { base: string; controllersOf: (mount: string) => string },
): Hierarchy {
  const found = new Map<string, Controller>();
  for (const line of mountinfo.split("\n")) {
    const [before = "", after = ""] = line.split(" - ");
    const mount = before.split(" ")[4];
    const [type, , options = ""] = after.split(" ");
    if (mount === undefined || !(mount === base || mount.startsWith(join(base, "/")))) continue;
    if (type === "cgroup2") {
      for (const name of controllersOf(mount).trim().split(" ")) {
        if (name !== "" && !found.has(name)) found.set(name, { version: 2, mount });
      }
      // Version 2 has no freezer or device files of its own: any of its directories lists processes.
      if (!found.has("cgroup2")) found.set("cgroup2", { version: 2, mount });
    } else if (type === "cgroup") {
      for (const name of options.split(",")) found.set(name, { version: 1, mount });
    }
  }
  return found;
}

/** The hierarchy of this machine. */
export function readHierarchy(base: string): Hierarchy {
  return parseHierarchy(readFileSync("/proc/self/mountinfo", "utf8"), {
    base,
    controllersOf: (mount) => {
      try {
        return readFileSync(join(mount, "cgroup.controllers"), "utf8");
      } catch {
        return "";
      }
    },
  });
}
