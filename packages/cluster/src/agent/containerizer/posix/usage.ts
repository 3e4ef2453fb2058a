// Measures what a container uses.
import type { ResourceStatistics } from "@mezzo/wire";
import { containerProcesses } from "./container-processes.ts";
import type { ContainerRecord } from "./container-record.ts";
import { type Process, pageSize, TICKS_PER_SECOND } from "./processes.ts";

/**
 * The statistics that the isolators posix/cpu and posix/mem of Mesos give: CPU seconds of the live processes and of
 * those they waited for, resident bytes, and the limits. `now` is ms; `table` a reading of the process table.
 */
export function measureUsage(
  record: ContainerRecord,
  options: { now: number; table: Process[] },
): ResourceStatistics {
  const processes = containerProcesses(record, { table: options.table });
  const sum = (of: (one: Process) => number): number => processes.reduce((total, one) => total + of(one), 0);
  return {
    timestamp: options.now / 1000,
    cpus_user_time_secs: sum((one) => one.userTicks) / TICKS_PER_SECOND,
    cpus_system_time_secs: sum((one) => one.systemTicks) / TICKS_PER_SECOND,
    ...record.limits,
    mem_rss_bytes: sum((one) => one.residentPages) * pageSize,
  };
}
