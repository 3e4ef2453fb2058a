// Tasks that wait for their executor, alone or in groups.
import type { TaskGroupInfo, TaskInfo } from "@mezzo/wire";
import type { ExecutorState } from "../state.ts";

/** What one launch message brings: one task, or a group that is delivered as a whole. */
export type Launch = { tasks: TaskInfo[]; group?: TaskGroupInfo };

/** Puts the tasks of a launch behind those that wait already. */
export function enqueueTasks(executor: ExecutorState, launch: Launch): void {
  for (const task of launch.tasks) executor.queuedTasks.set(task.task_id.value, task);
  if (launch.group !== undefined) executor.queuedTaskGroups.push(launch.group);
}

/** Takes a task out; its group goes with the last of its tasks. */
export function dequeueTask(executor: ExecutorState, taskId: string): TaskInfo | undefined {
  const task = executor.queuedTasks.get(taskId);
  executor.queuedTasks.delete(taskId);
  executor.queuedTaskGroups = executor.queuedTaskGroups.filter((group) =>
    (group.tasks ?? []).some((member) => executor.queuedTasks.has(member.task_id.value)),
  );
  return task;
}

/** The waiting group the task belongs to, or undefined. */
export function queuedGroupOf(executor: ExecutorState, taskId: string): TaskGroupInfo | undefined {
  return executor.queuedTaskGroups.find((group) =>
    (group.tasks ?? []).some((task) => task.task_id.value === taskId),
  );
}
