// The built-in command executor's view of a new task.
import type { TaskInfo } from "@mezzo/wire";
import type { CommandRun } from "./command-run.ts";

const NANOSECONDS_PER_MS = 1e6;

/** The run of a task that was not launched yet. */
export function commandOf(task: TaskInfo): CommandRun {
  const limit = task.max_completion_time?.nanoseconds ?? 0;
  return {
    taskId: task.task_id.value,
    phase: "LAUNCHING",
    ...(task.kill_policy && { killPolicy: task.kill_policy }),
    ...(limit > 0 && { maxCompletionMs: limit / NANOSECONDS_PER_MS }),
    ...(task.check && { check: task.check }),
    ...(task.health_check && { healthCheck: task.health_check }),
    completionTimedOut: false,
    killedByHealthCheck: false,
  };
}

/** True when the run holds what the checkpointed task does not tell. */
export function hasOwnFacts(run: CommandRun): boolean {
  return run.maxCompletionMs !== undefined || run.check !== undefined || run.healthCheck !== undefined;
}
