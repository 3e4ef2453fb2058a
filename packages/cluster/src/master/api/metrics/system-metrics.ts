// Metrics about the machine.
import type { MetricEntry } from "./metric-entry.ts";

export interface SystemSource {
  cpus: number;
  /** Load averages over 1, 5 and 15 minutes. */
  load: readonly [oneMinute: number, fiveMinutes: number, fifteenMinutes: number];
  freeBytes: number;
  totalBytes: number;
}

/** @see Mesos docs/monitoring.md, "System" */
export function* systemMetrics({ cpus, load, freeBytes, totalBytes }: SystemSource): Generator<MetricEntry> {
  yield ["system/cpus_total", cpus];
  yield ["system/load_1min", load[0]];
  yield ["system/load_5min", load[1]];
  yield ["system/load_15min", load[2]];
  yield ["system/mem_free_bytes", freeBytes];
  yield ["system/mem_total_bytes", totalBytes];
}
