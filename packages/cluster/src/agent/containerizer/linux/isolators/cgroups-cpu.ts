// cgroups/cpu: a container's share of the processors, and with a limit the most it gets.
// Follows `src/slave/containerizer/mesos/isolators/cgroups/subsystems/cpu.cpp`.
import { isRevocable } from "@mezzo/wire";
import { scalarOf } from "../../scalar-of.ts";
import type { Isolator } from "../isolator.ts";
import { measureCpu } from "../cgroups/measure-cpu.ts";

const SHARES_PER_CPU = 1024;
/** What others may take back any time is served last. */
const SHARES_PER_REVOCABLE_CPU = 10;
const MIN_SHARES = 2;
/** Version 1 takes more for as much, version 2 refuses the weight that would be. */
const MAX_SHARES = 262_144;
const PERIOD_US = 100_000;
const MIN_QUOTA_US = 1000;
const US_PER_CPU = PERIOD_US;

export interface CpuOptions {
  /** `--cgroups_enable_cfs`: the request is a limit too. */
  enableCfs: boolean;
  /** `--revocable_cpu_low_priority`. */
  revocableLast: boolean;
  /** `--cgroups_cpu_enable_pids_and_tids_count`. */
  countsProcesses: boolean;
}

export function cpuIsolator({ enableCfs, revocableLast, countsProcesses }: CpuOptions): Isolator {
  return {
    name: "cgroups/cpu",
    bounds({ resources, limits }) {
      const cpus = scalarOf(resources, "cpus");
      if (cpus === 0) return {};
      const limit = limits?.["cpus"] ?? (enableCfs ? cpus : Infinity);
      const isLast = revocableLast && resources.some((one) => one.name === "cpus" && isRevocable(one));
      const perCpu = isLast ? SHARES_PER_REVOCABLE_CPU : SHARES_PER_CPU;
      const cpu = {
        shares: Math.min(Math.max(Math.trunc(cpus * perCpu), MIN_SHARES), MAX_SHARES),
        ...(limit !== Infinity && {
          period: PERIOD_US,
          quota: Math.max(Math.trunc(limit * US_PER_CPU), MIN_QUOTA_US),
        }),
      };
      return { cpu };
    },
    usage: ({ cgroup }) => ({
      ...measureCpu(cgroup),
      ...(countsProcesses && { processes: cgroup.processes().length, threads: cgroup.threads().length }),
    }),
  };
}
