// One container's cgroup: the same path below each controller's mount.
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { describeSystemError } from "../../../../core/describe-system-error.ts";
import type { Hierarchy } from "./hierarchy.ts";

/** Controllers by which a container's processes are found, the first that there is. */
const PROCESS_CONTROLLERS = ["freezer", "pids", "memory", "cpu", "cgroup2"];

export class Cgroup {
  readonly #hierarchy: Hierarchy;
  /** Absolute, as in `cgroupsPath`. */
  readonly path: string;

  constructor(hierarchy: Hierarchy, path: string) {
    this.#hierarchy = hierarchy;
    this.path = path;
  }

  /** 1 or 2, or undefined when the machine does not have the controller. */
  versionOf(controller: string): 1 | 2 | undefined {
    return this.#hierarchy.get(controller)?.version;
  }

  /** The text of one of its files, or undefined when there is none. */
  read(controller: string, file: string): string | undefined {
    const found = this.#hierarchy.get(controller);
    if (!found) return undefined;
    try {
      return readFileSync(join(found.mount, this.path, file), "utf8").trim();
    } catch {
      return undefined;
    }
  }

  /** A file that holds one number; "max" is Infinity. */
  number(controller: string, file: string): number | undefined {
    const text = this.read(controller, file);
    if (text === undefined || text === "") return undefined;
    return text === "max" ? Infinity : Number(text);
  }

  /** A file of lines `name number`. */
  table(controller: string, file: string): Record<string, number> {
    const lines = (this.read(controller, file) ?? "").split("\n").map((line) => line.split(" "));
    return Object.fromEntries(lines.map(([name = "", value]) => [name, Number(value)]));
  }

  /** Writes one of its files; throws when the kernel takes it amiss. */
  write(controller: string, file: string, text: string | number): void {
    const found = this.#hierarchy.get(controller);
    if (!found) return;
    try {
      writeFileSync(join(found.mount, this.path, file), String(text));
    } catch (error) {
      throw new Error(`Cannot write '${text}' to ${file} of the cgroup: ${describeSystemError(error)}`, {
        cause: error,
      });
    }
  }

  /** The one around it. */
  parent(): Cgroup {
    return new Cgroup(this.#hierarchy, dirname(this.path));
  }

  /** Whether it is where that controller is. */
  exists(controller: string): boolean {
    const found = this.#hierarchy.get(controller);
    return found !== undefined && existsSync(join(found.mount, this.path));
  }

  /** Makes it, with those around it, where these controllers are; whether there was none. */
  make(controllers: readonly string[]): boolean {
    let isNew = false;
    for (const name of controllers) {
      const found = this.#hierarchy.get(name);
      if (found === undefined) continue;
      isNew = mkdirSync(join(found.mount, this.path), { recursive: true }) !== undefined || isNew;
      if (found.version === 2) this.#hand(name, found.mount);
    }
    return isNew;
  }

  /** Version 2 has a controller only where every cgroup above hands it on. */
  #hand(controller: string, mount: string): void {
    const names = dirname(this.path).split("/").filter(Boolean);
    for (let depth = 0; depth <= names.length; depth++) {
      const file = join(mount, ...names.slice(0, depth), "cgroup.subtree_control");
      writeFileSync(file, `+${controller}`);
    }
  }

  /** Its processes, without those of the cgroups below it: containers inside this one. */
  ownProcesses(): number[] {
    const directory = this.#directory();
    return directory === undefined ? [] : processesOf(directory);
  }

  /** Every process in it and in the cgroups below it. */
  processes(): number[] {
    const directory = this.#directory();
    return directory === undefined ? [] : processesBelow(directory);
  }

  /** Every thread of those. */
  threads(): number[] {
    const directory = this.#directory();
    if (directory === undefined) return [];
    // The file of version 1, and the one of version 2.
    return [...processesBelow(directory, "tasks"), ...processesBelow(directory, "cgroup.threads")];
  }

  #directory(): string | undefined {
    const controller = PROCESS_CONTROLLERS.map((name) => this.#hierarchy.get(name)).find(Boolean);
    return controller && join(controller.mount, this.path);
  }

  /** Lets a user make cgroups of his own in it; its own files, and with them its limits, stay root's. */
  giveTo({ uid, gid }: { uid: number; gid: number }): void {
    for (const directory of this.#directories()) {
      try {
        chownSync(directory, uid, gid);
      } catch {
        // Not every hierarchy has it.
      }
    }
  }

  /** Removes it everywhere; a cgroup that still has processes stays. */
  remove(): void {
    for (const directory of this.#directories()) removeCgroup(directory);
  }

  /** Removes it where nothing is in it any more. */
  removeEmpty(): void {
    for (const directory of this.#directories()) removeDirectory(directory);
  }

  /** Where it is in each hierarchy. */
  #directories(): string[] {
    const mounts = new Set([...this.#hierarchy.values()].map((one) => one.mount));
    return [...mounts].map((mount) => join(mount, this.path));
  }
}

/** The path of the cgroup with that name below a root, in another one perhaps; right below it when there is none. */
export function findCgroup(hierarchy: Hierarchy, root: string, name: string): string {
  const beside = join("/", root, name);
  const controller = PROCESS_CONTROLLERS.map((one) => hierarchy.get(one)).find(Boolean);
  if (controller === undefined || existsSync(join(controller.mount, beside))) return beside;
  const around = subdirectories(join(controller.mount, root)).find((one) => existsSync(join(one, name)));
  return around === undefined ? beside : join("/", root, basename(around), name);
}

function subdirectories(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(directory, entry.name));
  } catch {
    return [];
  }
}

function processesBelow(directory: string, file = "cgroup.procs"): number[] {
  const below = subdirectories(directory).flatMap((one) => processesBelow(one, file));
  return [...processesOf(directory, file), ...below];
}

function processesOf(directory: string, file = "cgroup.procs"): number[] {
  try {
    return readFileSync(join(directory, file), "utf8").split("\n").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Removes a cgroup with those below it, as far as nothing runs in them. */
export function removeCgroup(directory: string): void {
  for (const one of subdirectories(directory)) removeCgroup(one);
  removeDirectory(directory);
}

function removeDirectory(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // It never was, or it is busy: whoever kills what is in it comes again.
  }
}
