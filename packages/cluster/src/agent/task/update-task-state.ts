// Moves a task of an executor on by one status (`Executor::updateTaskState` of Mesos).
//
//   queued ──terminal──→ terminated        launched ──any──→ launched
//                                          launched ──terminal──→ terminated
import type { Task, TaskState, TaskStatus } from "@mezzo/wire";
import type { AgentCounters } from "../counters.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import { dequeueTask } from "./queue-tasks.ts";
import { taskFromInfo } from "./task-from-info.ts";
import { isTerminalState } from "./task-states.ts";

/** Applies the status; returns why it cannot be applied, or undefined. */
export function updateTaskState(
  state: AgentState,
  executor: ExecutorState,
  status: TaskStatus,
): string | undefined {
  const taskId = status.task_id.value;
  const terminal = isTerminalState(status.state);
  const terminated = executor.terminatedTasks.get(taskId);
  if (terminated !== undefined) return `Task is already terminated with state ${terminated.state}`;
  const queued = executor.queuedTasks.get(taskId);
  if (queued !== undefined) {
    if (!terminal) return "Cannot send non-terminal update for queued task";
    dequeueTask(executor, taskId);
    const task = taskFromInfo(queued, { frameworkId: executor.frameworkId, state: status.state });
    executor.terminatedTasks.set(taskId, withStatus(task, status));
  } else {
    const task = executor.launchedTasks.get(taskId);
    if (task === undefined) return "Task is unknown";
    if (terminal) executor.launchedTasks.delete(taskId);
    (terminal ? executor.terminatedTasks : executor.launchedTasks).set(taskId, withStatus(task, status));
  }
  if (terminal) count(state.counters, status.state);
  return undefined;
}

/** Of repeated states only the last status is kept, so that the list stays short. */
export function withStatus(task: Task, status: TaskStatus): Task {
  const statuses = task.statuses ?? [];
  const kept = statuses.at(-1)?.state === status.state ? statuses.slice(0, -1) : statuses;
  return { ...task, state: status.state, statuses: [...kept, status] };
}

const COUNTER: Partial<Record<TaskState, keyof AgentCounters>> = {
  TASK_FINISHED: "tasks_finished",
  TASK_FAILED: "tasks_failed",
  TASK_KILLED: "tasks_killed",
  TASK_LOST: "tasks_lost",
  TASK_GONE: "tasks_gone",
};

function count(counters: AgentCounters, state: TaskState): void {
  const counter = COUNTER[state];
  if (counter !== undefined) counters[counter] += 1;
}
