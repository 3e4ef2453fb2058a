// Whether an executor was ever given a task.
import type { ExecutorState } from "../state.ts";

/** True when a task is with the executor or one that ended has a status of the executor's own. */
export function everSentTask(executor: ExecutorState): boolean {
  if (executor.launchedTasks.size > 0) return true;
  const ended = [...executor.terminatedTasks.values(), ...executor.completedTasks];
  return ended.some((task) => task.statuses?.some((status) => status.source === "SOURCE_EXECUTOR") ?? false);
}
