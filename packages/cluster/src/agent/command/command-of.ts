// The built-in executors' view of a new task.
import type { EnvironmentVariable, TaskInfo } from "@mezzo/wire";
import type { CommandRun } from "./command-run.ts";

const NANOSECONDS_PER_MS = 1e6;

/** Where a task's container will be. */
export interface CommandPlace {
  containerId: string;
  sandbox: string;
  environment: Record<string, string>;
  user?: string;
  group?: readonly string[];
  /** See `CommandRun`. */
  outputVariables?: EnvironmentVariable[];
}

/** The run of a task that was not launched yet. */
export function commandOf(task: TaskInfo, place: CommandPlace): CommandRun {
  const limit = task.max_completion_time?.nanoseconds ?? 0;
  const { containerId, group, outputVariables, ...context } = place;
  const checked = task.check !== undefined || task.health_check !== undefined;
  return {
    taskId: task.task_id.value,
    containerId,
    phase: "LAUNCHING",
    ...(task.kill_policy && { killPolicy: task.kill_policy }),
    ...(limit > 0 && { maxCompletionMs: limit / NANOSECONDS_PER_MS }),
    ...(task.check && { check: task.check }),
    ...(task.health_check && { healthCheck: task.health_check }),
    ...(checked && { probeContext: context }),
    ...(group && { group }),
    ...(outputVariables && { outputVariables }),
    completionTimedOut: false,
    killedByHealthCheck: false,
  };
}

/** True when the run holds what the checkpointed task does not tell. */
export function hasOwnFacts(run: CommandRun): boolean {
  return run.maxCompletionMs !== undefined || run.check !== undefined || run.healthCheck !== undefined;
}
