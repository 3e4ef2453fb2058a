// cgroups/pids: how many processes and threads a container has is counted, and one alone cannot take all of the machine's.
// Follows `src/slave/containerizer/mesos/isolators/cgroups/subsystems/pids.cpp`, which counts and does not limit.
import { readFileSync } from "node:fs";
import type { Isolator } from "../isolator.ts";

/** Of the machine's process ids, what one container may have: three like it leave room for everybody else. */
const SHARE_OF_ALL = 4;

/** Where `/proc/sys/kernel/pid_max` cannot be read. */
const DEFAULT_PID_MAX = 32_768;

export function pidsIsolator(): Isolator {
  return {
    name: "cgroups/pids",
    prepare({ spec }) {
      spec.linux.resources.pids = { limit: Math.trunc(readPidMax() / SHARE_OF_ALL) };
    },
    usage({ cgroup }) {
      const threads = cgroup.number("pids", "pids.current");
      return { processes: cgroup.processes().length, ...(threads !== undefined && { threads }) };
    },
  };
}

function readPidMax(): number {
  try {
    return Number(readFileSync("/proc/sys/kernel/pid_max", "latin1")) || DEFAULT_PID_MAX;
  } catch {
    return DEFAULT_PID_MAX;
  }
}
