// What finds a container again after the agent restarted, and how it ended. Files of a container's runtime directory:
//
//   record        this file's JSON: before the container is created, and again once its processes are known
//   config.json   the OCI specification it was made of; `rootfs` beside it is where its root is put together
//   <id>          conmon's: the exit code, 128 and the signal's number for one that was killed
//   oom           conmon's: there when the kernel killed something for lack of memory
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LimitFigures } from "../limit-figures.ts";
import type { ProcessIdentity } from "../posix/container-record.ts";
import { splitExitCode } from "./split-exit-code.ts";

/** One container of this driver. */
export interface LinuxRecord {
  containerId: string;
  bootId: string;
  /** `cgroupsPath`. */
  cgroup: string;
  /** Bound by the container around it: whoever is over the limit, all in there are. */
  shared?: true;
  /** Absent until the container is created. */
  conmon?: ProcessIdentity;
  /** Its first process, in the agent's pid namespace. */
  leader?: ProcessIdentity;
  /** What statistics say of its limits. */
  limits: LimitFigures;
}

/** Writes the record so that a reader sees all of it or none. */
export function writeLinuxRecord(runtimeDir: string, record: LinuxRecord): void {
  const path = join(runtimeDir, "record");
  writeFileSync(`${path}.tmp`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** The record, or undefined when there is none that makes sense. */
export function readLinuxRecord(runtimeDir: string): LinuxRecord | undefined {
  try {
    const record: Partial<LinuxRecord> | null = JSON.parse(readFileSync(join(runtimeDir, "record"), "utf8"));
    if (typeof record?.containerId !== "string" || typeof record.cgroup !== "string") return undefined;
    const { containerId, cgroup, bootId = "", limits = {} } = record;
    return { ...record, containerId, cgroup, bootId, limits };
  } catch {
    return undefined;
  }
}

/** How the container ended, or undefined while it runs. */
export function readExit(
  runtimeDir: string,
  containerId: string,
): { exitCode: number } | { signal: number } | undefined {
  let text: string;
  try {
    text = readFileSync(join(runtimeDir, containerId), "utf8").trim();
  } catch {
    return undefined;
  }
  const code = Number(text);
  if (text === "" || !Number.isInteger(code)) return undefined;
  return splitExitCode(code);
}

/** Whether conmon heard that the container's memory ran out. */
export function wasOutOfMemory(runtimeDir: string): boolean {
  return existsSync(join(runtimeDir, "oom"));
}
