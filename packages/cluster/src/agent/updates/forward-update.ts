// Sends one status update to the master.
import type { StatusUpdate } from "@mezzo/wire";
import { executorOfTask } from "../lookup.ts";
import { emit, type Turn } from "../turn.ts";

/** Sends the update with the task's latest state beside it, and notes with the task what the master was told. */
export function forwardUpdate(turn: Turn, update: StatusUpdate): void {
  const { state } = turn;
  if (state.master === undefined) return;
  const taskId = update.status.task_id.value;
  const framework = state.frameworks.get(update.framework_id.value);
  const executor = framework && executorOfTask(framework, taskId);
  let message = update;
  for (const tasks of executor ? [executor.launchedTasks, executor.terminatedTasks] : []) {
    const task = tasks.get(taskId);
    if (task === undefined) continue;
    tasks.set(taskId, {
      ...task,
      status_update_state: update.status.state,
      ...(update.uuid !== undefined && { status_update_uuid: update.uuid }),
    });
    message = { ...update, latest_state: task.state };
  }
  emit(turn, {
    type: "send",
    to: state.master,
    name: "StatusUpdateMessage",
    body: { update: message, pid: state.pid },
  });
}
