// Finds the monitors of this agent that run, whatever became of their files.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Process, readProcesses } from "./processes.ts";

/** A monitor and the command it started; the command is missing for an instant after the start. */
export interface LiveMonitor {
  monitor: Process;
  leader: Process | undefined;
}

/**
 * The live monitors whose runtime directory lies directly in `directory`, by that runtime directory. A monitor is known
 * by its command line, which names the directory: proof against pids that are used again, and against an agent that died
 * before it could write anything.
 */
export function findLiveMonitors(directory: string): Map<string, LiveMonitor> {
  const table = readProcesses();
  const found = new Map<string, LiveMonitor>();
  for (const one of table) {
    // Only a monitor leads its session and stays its only member: its command has a session of its own.
    if (one.session !== one.pid) continue;
    const words = commandLineOf(one.pid);
    const mode = words.findIndex((word) => word === "detached" || word === "tied");
    const runtimeDir = words[mode + 1];
    if (mode < 0 || runtimeDir === undefined || dirname(runtimeDir) !== directory) continue;
    const leader = table.find((other) => other.parent === one.pid && other.session === other.pid);
    found.set(runtimeDir, { monitor: one, leader });
  }
  return found;
}

function commandLineOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}
