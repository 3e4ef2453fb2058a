// What a container used of the processors.
import type { ResourceStatistics } from "@mezzo/wire";
import { TICKS_PER_SECOND } from "../../posix/processes.ts";
import type { Cgroup } from "./cgroup.ts";

const NS_PER_SECOND = 1e9;
const US_PER_SECOND = 1e6;

/** `cpuacct.stat` and `cpu.stat` of version 1, `cpu.stat` of version 2. */
export function measureCpu(cgroup: Cgroup): Partial<ResourceStatistics> {
  const stat = cgroup.table("cpu", "cpu.stat");
  const periods = {
    ...(stat["nr_periods"] !== undefined && { cpus_nr_periods: stat["nr_periods"] }),
    ...(stat["nr_throttled"] !== undefined && { cpus_nr_throttled: stat["nr_throttled"] }),
  };
  if (cgroup.versionOf("cpu") === 2) {
    return {
      cpus_user_time_secs: (stat["user_usec"] ?? 0) / US_PER_SECOND,
      cpus_system_time_secs: (stat["system_usec"] ?? 0) / US_PER_SECOND,
      ...periods,
      ...(stat["throttled_usec"] !== undefined && {
        cpus_throttled_time_secs: stat["throttled_usec"] / US_PER_SECOND,
      }),
    };
  }
  const ticks = cgroup.table("cpuacct", "cpuacct.stat");
  return {
    cpus_user_time_secs: (ticks["user"] ?? 0) / TICKS_PER_SECOND,
    cpus_system_time_secs: (ticks["system"] ?? 0) / TICKS_PER_SECOND,
    ...periods,
    ...(stat["throttled_time"] !== undefined && {
      cpus_throttled_time_secs: stat["throttled_time"] / NS_PER_SECOND,
    }),
  };
}
