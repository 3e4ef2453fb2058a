// Metrics about tasks that are in a state now. Those that ended are counters of the state.
import type { TaskState } from "@mezzo/wire";
import type { MasterState } from "../../state.ts";
import type { MetricEntry } from "./metric-entry.ts";

const LIVING: readonly TaskState[] = ["TASK_STAGING", "TASK_STARTING", "TASK_RUNNING", "TASK_KILLING"];

/** @see Mesos docs/monitoring.md, "Tasks" */
export function* taskMetrics({ frameworks, taskStateCounters }: MasterState): Generator<MetricEntry> {
  const counts = new Map<TaskState, number>();
  let unreachable = 0;
  for (const framework of frameworks.registered.values()) {
    // Those of frameworks without PARTITION_AWARE are kept as TASK_LOST.
    for (const { state } of framework.unreachableTasks.values())
      if (state === "TASK_UNREACHABLE") unreachable += 1;
    for (const [state, count] of framework.counters.activeTasks) {
      counts.set(state, (counts.get(state) ?? 0) + count);
    }
  }
  for (const state of LIVING) {
    yield [`master/tasks_${state.slice("TASK_".length).toLowerCase()}`, counts.get(state) ?? 0];
  }
  yield ["master/tasks_unreachable", unreachable];
  for (const [name, count] of taskStateCounters) yield [`master/${name}`, count];
}
