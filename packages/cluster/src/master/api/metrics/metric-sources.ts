// What metrics are made of beside the state.
import type { MetricEntry } from "./metric-entry.ts";
import type { RegistrarSource } from "./registrar-metrics.ts";
import type { SystemSource } from "./system-metrics.ts";
import type { TimerStatistics } from "../../../core/timer-statistics.ts";

/** What metrics are made of beside the state. */
export interface MetricSources {
  nowMs: number;
  system: SystemSource;
  registrar: RegistrarSource;
  /** How long allocation runs took. */
  allocationRun: TimerStatistics;
  operatorEventStreamSubscribers: number;
  /** Metrics of drivers by principal. */
  traffic: Iterable<MetricEntry>;
}
