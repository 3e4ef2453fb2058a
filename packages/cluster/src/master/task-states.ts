// Which task states are final.
import type { TaskState } from "@mezzo/wire";

const TERMINAL_STATES: ReadonlySet<TaskState> = new Set<TaskState>([
  "TASK_FINISHED",
  "TASK_FAILED",
  "TASK_KILLED",
  "TASK_LOST",
  "TASK_ERROR",
  "TASK_DROPPED",
  "TASK_GONE",
  "TASK_GONE_BY_OPERATOR",
]);

/** True for states that a task never leaves. @see Mesos src/common/protobuf_utils.cpp isTerminalState */
export function isTerminalState(state: TaskState): boolean {
  return TERMINAL_STATES.has(state);
}

/** True when the master no longer counts the task's resources as used. */
export function hasReleasedResources(state: TaskState): boolean {
  return state === "TASK_UNREACHABLE" || TERMINAL_STATES.has(state);
}
