// The machine as tests of containers see it: its cgroups, and what a container could leave behind, to be compared before and after.
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmdirSync } from "node:fs";
import { join } from "node:path";

/** Device files that tests of the driver must find as they were: type, numbers, mode, or where a link leads. */
function devices(): string[] {
  return readdirSync("/dev").flatMap((name) => {
    const path = join("/dev", name);
    try {
      const found = lstatSync(path);
      if (found.isSymbolicLink()) return [`${name} -> ${readlinkSync(path)}`];
      return [`${name} ${found.mode.toString(8)} ${found.rdev}`];
    } catch {
      return [];
    }
  });
}

/** Mounts below `folder`, and the machine's own: where, and of what kind. */
function mounts(): string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .trim()
    .split("\n")
    .map((line) => `${line.split(" ")[4]} ${line.split(" - ")[1]}`);
}

/** Whether the machine has version 2 of cgroups alone. */
export const isV2 = existsSync("/sys/fs/cgroup/cgroup.controllers");

/** What a file of a cgroup says; the controller counts where each has a hierarchy of its own. */
export function cgroupFile(controller: string, path: string): string {
  return readFileSync(join("/sys/fs/cgroup", isV2 ? "" : controller, path), "utf8").trim();
}

/** Directories of a cgroup root, in every hierarchy. */
export function cgroupsOf(root: string): string[] {
  return foldersOf(root).flatMap((folder) => {
    try {
      return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(folder, entry.name));
    } catch {
      return [];
    }
  });
}

/** Removes a cgroup root that is empty, in every hierarchy. */
export function removeCgroups(root: string): void {
  for (const folder of foldersOf(root)) {
    try {
      rmdirSync(folder);
    } catch {
      // This hierarchy never had it, or the test fails by what is still in it.
    }
  }
}

/** Where a root may be: in each hierarchy of version 1, and where version 2 is mounted alone. */
function foldersOf(root: string): string[] {
  const mounted = "/sys/fs/cgroup";
  return [join(mounted, root), ...readdirSync(mounted).map((name) => join(mounted, name, root))];
}

/** What must be the same when nothing of the story runs any more. */
export function machineState(): { devices: string[]; mounts: string[] } {
  return { devices: devices().toSorted(), mounts: mounts().toSorted() };
}
