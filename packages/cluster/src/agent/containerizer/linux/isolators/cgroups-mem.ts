// cgroups/mem: the memory of a container is limited; one that wants more is killed, and its status says so.
// Follows `src/slave/containerizer/mesos/isolators/cgroups/subsystems/memory.cpp`.
import { formatBytes } from "../../../../core/bytes.ts";
import { oomScoreAdjOf } from "../../oom-score.ts";
import { scalarOf } from "../../scalar-of.ts";
import type { Cgroup } from "../cgroups/cgroup.ts";
import { measureMemory } from "../cgroups/measure-memory.ts";
import type { Isolator, Limitation } from "../isolator.ts";

const MEGABYTE = 1024 * 1024;

/** No process starts with less. */
const MIN_BYTES = 32 * MEGABYTE;

/** More than machines have: version 1 says so instead of "no limit". */
const UNLIMITED_BYTES = 2 ** 60;

export interface MemoryOptions {
  /** `--cgroups_limit_swap`: swap counts too. */
  limitSwap: boolean;
  /** Of the machine's memory controller. */
  version: 1 | 2;
}

export function memoryIsolator({ limitSwap, version }: MemoryOptions): Isolator {
  return {
    name: "cgroups/mem",
    bounds({ resources, limits }) {
      const megabytes = scalarOf(resources, "mem");
      if (megabytes === 0) return {};
      const limit = limits?.["mem"] ?? megabytes;
      const bytes = limit === Infinity ? -1 : atLeast(limit);
      return {
        memory: { reservation: atLeast(megabytes), limit: bytes, ...(limitSwap && { swap: bytes }) },
      };
    },
    prepare({ config, spec }) {
      const megabytes = scalarOf(config.resources, "mem");
      const limit = config.limits?.["mem"] ?? megabytes;
      if (megabytes === 0) return;
      // Who may use more than it asked for is killed first when the machine runs out of memory.
      if (limit > megabytes && (config.isTask === true || config.parent !== undefined)) {
        spec.process.oomScoreAdj = oomScoreAdjOf(atLeast(megabytes));
      }
      // The kernel kills all of it: who watches is not told of a kill below the first process everywhere.
      if (version === 2) spec.linux.resources.unified = { "memory.oom.group": "1" };
    },
    limitation({ cgroup }) {
      return killedForMemory(cgroup) ? memoryLimitation(limiting(cgroup)) : undefined;
    },
    usage: ({ cgroup }) => measureMemory(cgroup),
  };
}

function atLeast(megabytes: number): number {
  return Math.max(Math.trunc(megabytes * MEGABYTE), MIN_BYTES);
}

/** Whether the kernel had to kill something in it. */
function killedForMemory(cgroup: Cgroup): boolean {
  const table =
    cgroup.versionOf("memory") === 2
      ? cgroup.table("memory", "memory.events")
      : cgroup.table("memory", "memory.oom_control");
  return (table["oom_kill"] ?? 0) > 0;
}

/** Where the limit is: a container that shares its parent's has none of its own. */
function limiting(cgroup: Cgroup): Cgroup {
  const file = cgroup.versionOf("memory") === 2 ? "memory.max" : "memory.limit_in_bytes";
  const isBound = (one: Cgroup): boolean => (one.number("memory", file) ?? Infinity) < UNLIMITED_BYTES;
  return !isBound(cgroup) && isBound(cgroup.parent()) ? cgroup.parent() : cgroup;
}

function memoryLimitation(cgroup: Cgroup): Limitation {
  const isV2 = cgroup.versionOf("memory") === 2;
  const limit = cgroup.number("memory", isV2 ? "memory.max" : "memory.limit_in_bytes") ?? 0;
  // `memory.peak` came with Linux 5.19.
  const used =
    cgroup.number("memory", isV2 ? "memory.peak" : "memory.max_usage_in_bytes") ??
    cgroup.number("memory", "memory.current") ??
    limit;
  const statistics = cgroup.read("memory", "memory.stat") ?? "";
  return {
    reason: "REASON_CONTAINER_LIMITATION_MEMORY",
    message:
      `Memory limit exceeded: Requested: ${formatBytes(limit)} Maximum Used: ${formatBytes(used)}\n\n` +
      `MEMORY STATISTICS: \n${statistics}\n`,
    resources: [{ name: "mem", type: "SCALAR", scalar: { value: used / MEGABYTE } }],
  };
}
