// What finds a container again after the agent restarted, and how it ended. Files of a container's runtime directory:
//
//   pid      "<monitor> <leader>", written by the monitor for people who look
//   status   the wait status, written by the monitor when the command ended
//   record   this file's JSON, written by the agent once the container runs
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LimitFigures } from "../limit-figures.ts";
import { bootId, readProcess } from "./processes.ts";
import { type ProcessEnd, readWaitStatus } from "./wait-status.ts";

/** A process for good: a pid alone may be another's by now. */
export interface ProcessIdentity {
  pid: number;
  /** Ticks since boot; absent when the process had ended before it could be read. */
  startTime?: number;
}

/** One container of this driver. */
export interface ContainerRecord {
  containerId: string;
  bootId: string;
  monitor: ProcessIdentity;
  /** The command: leader of a session of its own. */
  leader: ProcessIdentity;
  /** `NAME=value` of a variable that only this container's processes have, if there is one. */
  marker?: string;
  /** What statistics say of its limits. */
  limits: LimitFigures;
}

/** Writes the record so that a reader sees all of it or none. */
export function writeRecord(runtimeDir: string, record: ContainerRecord): void {
  const path = join(runtimeDir, "record");
  writeFileSync(`${path}.tmp`, JSON.stringify(record));
  renameSync(`${path}.tmp`, path);
}

/** The record, or undefined when the agent never got to write one. */
export function readRecord(runtimeDir: string): ContainerRecord | undefined {
  const text = read(join(runtimeDir, "record"));
  if (text === undefined) return undefined;
  try {
    const record: ContainerRecord = JSON.parse(text);
    return { ...record, limits: record.limits ?? {} };
  } catch {
    return undefined;
  }
}

/** How the command ended, or undefined while it runs. */
export function readStatus(runtimeDir: string): ProcessEnd | undefined {
  const text = read(join(runtimeDir, "status"));
  return text === undefined ? undefined : readWaitStatus(Number(text));
}

/** Names a process for good, as far as it still can be read. */
export function identify(pid: number): ProcessIdentity {
  const found = readProcess(pid);
  return found ? { pid, startTime: found.startTime } : { pid };
}

/** Whether that very process lives. */
export function isAlive(identity: ProcessIdentity, boot: string): boolean {
  if (identity.startTime === undefined || boot !== bootId) return false;
  return readProcess(identity.pid)?.startTime === identity.startTime;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
