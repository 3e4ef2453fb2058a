// What a story's agent could leave behind, listed by what names the story: to be the same before the first task and after the
// last one. What others do on the machine meanwhile is not in it.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { commandLine, findProcesses, processesOf } from "../../stories/support/processes.ts";

export interface Leftovers {
  /** Command lines. */
  processes: string[];
  /** Where, and of what kind: overlays and volumes, and the files that keep a network namespace. */
  mounts: string[];
  /** Interfaces of the agent's network namespace. */
  interfaces: string[];
  /** Everything below the folders, by path. */
  files: string[];
}

export interface LeftoversOptions {
  /** The story's. */
  folder: string;
  /** Below the cgroup file system. */
  cgroupsRoot: string;
  /** What a command begins with to run where the agent does. */
  within: readonly string[];
  /** In the story's folder. */
  folders: readonly string[];
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function namespaceOf(pid: number | "self", kind: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return undefined;
  }
}

/** Those of the story's cgroups, and those in a mount namespace that shows its folder: neither need name it. */
function contained({ folder, cgroupsRoot }: LeftoversOptions): number[] {
  const own = namespaceOf("self", "mnt");
  return findProcesses((pid) => {
    if (read(`/proc/${pid}/cgroup`).includes(`/${cgroupsRoot}`)) return true;
    const other = namespaceOf(pid, "mnt");
    return other !== undefined && other !== own && read(`/proc/${pid}/mountinfo`).includes(folder);
  });
}

/** What is below a folder, by path; none when it is not there. */
export function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

export function leftoversOf(options: LeftoversOptions): Leftovers {
  const { folder, folders, within } = options;
  const pids = [...new Set([...processesOf(folder), ...contained(options)])];
  const mounts = read("/proc/self/mountinfo")
    .split("\n")
    .filter((line) => line.includes(folder))
    .map((line) => `${line.split(" ")[4]} ${line.split(" - ")[1]?.split(" ")[0]}`);
  const interfaces = execFileSync("env", [...within, "ip", "-o", "link"], { encoding: "utf8" })
    .trim()
    .split("\n");
  return {
    processes: pids.map(commandLine).toSorted(),
    mounts: mounts.toSorted(),
    interfaces: interfaces.map((line) => line.split(": ")[1] ?? "").toSorted(),
    files: folders
      .flatMap((name) => filesBelow(join(folder, name)).map((path) => join(name, path)))
      .toSorted(),
  };
}
