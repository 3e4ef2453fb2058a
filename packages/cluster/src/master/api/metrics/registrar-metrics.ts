// Metrics about the storage of the registry, under Mesos' names of its registrar.
import type { MetricEntry } from "./metric-entry.ts";
import type { TimerStatistics } from "../../../core/timer-statistics.ts";

export interface RegistrarSource {
  queuedOperations: number;
  sizeBytes: number;
  fetchMs: number;
  store: TimerStatistics;
}

/** @see Mesos docs/monitoring.md, "Registrar" */
export function* registrarMetrics(source: RegistrarSource): Generator<MetricEntry> {
  yield ["registrar/queued_operations", source.queuedOperations];
  yield ["registrar/registry_size_bytes", source.sizeBytes];
  yield ["registrar/state_fetch_ms", source.fetchMs];
  const stored = source.store.entries("registrar/state_store_ms");
  // A master of Mesos writes its own name as soon as it leads, so that this one is never missing there.
  yield* stored.length > 0 ? stored : [["registrar/state_store_ms", 0] as const];
  // One embedded storage is the whole ensemble, and it has recovered before anybody can ask.
  yield ["registrar/log/ensemble_size", 1];
  yield ["registrar/log/recovered", 1];
}
