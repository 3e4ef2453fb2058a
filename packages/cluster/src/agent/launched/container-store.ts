// What is kept of launched containers for the next agent process, below `--runtime_dir`:
//
//   launched/<name>/container     the record, before the container starts
//   launched/<name>/termination   how a nested container ended, until it is removed or its root ends
//
// The files have to outlive the agent, not the machine: no container outlives a reboot. So nothing is forced to disk.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listFolder } from "../../core/list-folder.ts";
import { fileNameOf } from "./container-name.ts";
import type { ContainerEnd, ContainerRecord } from "./launched-container.ts";

/** One container as an earlier agent left it. */
export interface StoredContainer {
  record: ContainerRecord;
  end?: ContainerEnd;
}

export class ContainerStore {
  readonly #directory: string;

  constructor(runtimeDir: string) {
    this.#directory = join(runtimeDir, "launched");
  }

  /** Throws when the record cannot be written: then the container must not start. */
  save(name: string, record: ContainerRecord): void {
    mkdirSync(this.#pathOf(name), { recursive: true, mode: 0o700 });
    this.#write(name, "container", record);
  }

  /** A full disk costs the answer after a restart, no more. */
  saveEnd(name: string, end: ContainerEnd): void {
    try {
      this.#write(name, "termination", end);
    } catch {
      // The end is known to this process all the same.
    }
  }

  remove(name: string): void {
    try {
      rmSync(this.#pathOf(name), { recursive: true, force: true });
    } catch {
      // Found and removed by the next agent: nothing of that name runs.
    }
  }

  /** All of them, parents before their children. A file that makes no sense was being written: nothing started yet. */
  load(): StoredContainer[] {
    return listFolder(this.#directory)
      .flatMap((name) => {
        const record = readRecord(join(this.#directory, name));
        const end = readEnd(join(this.#directory, name));
        return record ? [{ record, ...(end && { end }) }] : [];
      })
      .toSorted((a, b) => depthOf(a) - depthOf(b));
  }

  #pathOf(name: string): string {
    return join(this.#directory, fileNameOf(name));
  }

  #write(name: string, file: string, value: object): void {
    const path = join(this.#pathOf(name), file);
    writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
}

function depthOf({ record }: StoredContainer): number {
  let depth = 0;
  for (let { parent } = record.id; parent !== undefined; parent = parent.parent) depth += 1;
  return depth;
}

function readRecord(directory: string): ContainerRecord | undefined {
  const text = read(join(directory, "container"));
  if (text === undefined) return undefined;
  const record: Partial<ContainerRecord> | null = JSON.parse(text);
  const { id, sandbox, environment = {}, resources = [], limits, tied = true, user, apart } = record ?? {};
  if (typeof id?.value !== "string" || typeof sandbox !== "string") return undefined;
  return {
    id,
    sandbox,
    environment,
    resources,
    tied,
    ...(user !== undefined && { user }),
    ...(limits && { limits: limitsFrom(limits) }),
    ...(apart === true && { apart }),
  };
}

/** JSON has null where there is no limit. */
function limitsFrom(limits: Record<string, number | null>): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).map(([name, most]) => [name, most ?? Infinity]));
}

function readEnd(directory: string): ContainerEnd | undefined {
  const text = read(join(directory, "termination"));
  if (text === undefined) return undefined;
  const end: ContainerEnd = JSON.parse(text);
  return end;
}

/** The file's text; undefined when there is none or it is no JSON. */
function read(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8");
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}
