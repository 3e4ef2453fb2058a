// What `/system/stats.json` of a master or an agent tells about the machine it runs on.

/** A reading of the machine. */
export interface SystemReading {
  readonly cpus: number;
  /** Load averages over 1, 5 and 15 minutes. */
  readonly load: readonly number[];
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** The document under Mesos' names; memory in bytes. @see Mesos 3rdparty/libprocess/include/process/system.hpp */
export function systemStatistics({
  cpus,
  load,
  freeBytes,
  totalBytes,
}: SystemReading): Record<string, number> {
  return {
    avg_load_15min: load[2] ?? 0,
    avg_load_1min: load[0] ?? 0,
    avg_load_5min: load[1] ?? 0,
    cpus_total: cpus,
    mem_free_bytes: freeBytes,
    mem_total_bytes: totalBytes,
  };
}
