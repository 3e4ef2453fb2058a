// The last update of a task is acknowledged: it becomes history.
import { runPathOf } from "../identity.ts";
import { MAX_COMPLETED_TASKS_PER_EXECUTOR } from "../state.ts";
import type { ExecutorState } from "../state.ts";
import { collect } from "../executor/collect.ts";
import { metaDirOf, taskPath } from "../sandbox/paths.ts";
import type { Turn } from "../turn.ts";

/** Moves a terminated task to the completed ones and lets its checkpoints expire. */
export function completeTask(turn: Turn, executor: ExecutorState, taskId: string): void {
  const task = executor.terminatedTasks.get(taskId);
  if (task === undefined) throw new Error(`Cannot complete task ${taskId}: it is not terminated`);
  executor.terminatedTasks.delete(taskId);
  executor.completedTasks.push(task);
  if (executor.completedTasks.length > MAX_COMPLETED_TASKS_PER_EXECUTOR) executor.completedTasks.shift();
  // With a command task its executor goes, too.
  if (!executor.checkpoint || executor.generated) return;
  const meta = metaDirOf(turn.state.options.workDir);
  collect(turn, [taskPath(meta, { ...runPathOf(turn.state, executor), taskId })]);
}
