// Small facts about task states and framework capabilities.
import type { FrameworkInfo, FrameworkInfoCapability, TaskState } from "@mezzo/wire";

const TERMINAL: ReadonlySet<TaskState> = new Set([
  "TASK_FINISHED",
  "TASK_FAILED",
  "TASK_KILLED",
  "TASK_ERROR",
  "TASK_LOST",
  "TASK_DROPPED",
  "TASK_GONE",
  "TASK_GONE_BY_OPERATOR",
]);

/** True for states a task never leaves (`protobuf::isTerminalState`). */
export function isTerminalState(state: TaskState): boolean {
  return TERMINAL.has(state);
}

/** True when the framework announced the capability. */
export function hasCapability(
  info: FrameworkInfo,
  type: NonNullable<FrameworkInfoCapability["type"]>,
): boolean {
  return info.capabilities?.some((capability) => capability.type === type) ?? false;
}

/** Frameworks that do not know of partitions are told TASK_LOST instead. */
export function partitionAwareState<State extends TaskState>(
  info: FrameworkInfo,
  state: State,
): State | "TASK_LOST" {
  return hasCapability(info, "PARTITION_AWARE") ? state : "TASK_LOST";
}
