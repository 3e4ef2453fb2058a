// What calls that look at the cluster may look at beside its state.
import { TimerStatistics } from "../../core/timer-statistics.ts";
import type { ReadSources } from "../api/operator/read-calls.ts";

/** For reads that do not look at it. */
export const READ_SOURCES: ReadSources = {
  nowMs: 0,
  system: { cpus: 1, load: [0, 0, 0], freeBytes: 0, totalBytes: 0 },
  registrar: { queuedOperations: 0, sizeBytes: 0, fetchMs: 0, store: new TimerStatistics() },
  allocationRun: new TimerStatistics(),
  operatorEventStreamSubscribers: 0,
  traffic: [],
  loggingLevel: 0,
};
