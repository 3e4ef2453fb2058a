// Gives a subscribed executor everything that waited for it.
import type { TaskInfo } from "@mezzo/wire";
import type { ExecutorState } from "../state.ts";
import { dequeueTask } from "../task/queue-tasks.ts";
import { taskFromInfo } from "../task/task-from-info.ts";
import type { Turn } from "../turn.ts";
import { sendToExecutor } from "./executor-events.ts";

/** Single tasks first, then groups, each as one event; all become launched. */
export function deliverQueuedTasks(turn: Turn, executor: ExecutorState): void {
  const groups = executor.queuedTaskGroups;
  const grouped = new Set(groups.flatMap((group) => (group.tasks ?? []).map((task) => task.task_id.value)));
  const single = [...executor.queuedTasks.values()].filter((task) => !grouped.has(task.task_id.value));
  for (const task of single) {
    launched(executor, task);
    sendToExecutor(turn, executor, { type: "LAUNCH", launch: { task } });
  }
  for (const group of groups) {
    for (const task of group.tasks ?? []) launched(executor, task);
    sendToExecutor(turn, executor, { type: "LAUNCH_GROUP", launch_group: { task_group: group } });
  }
}

/** Marks a task as given to its executor. */
export function launched(executor: ExecutorState, task: TaskInfo): void {
  dequeueTask(executor, task.task_id.value);
  executor.launchedTasks.set(
    task.task_id.value,
    taskFromInfo(task, { frameworkId: executor.frameworkId, state: "TASK_STAGING" }),
  );
}
