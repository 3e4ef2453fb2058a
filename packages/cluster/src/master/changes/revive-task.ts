// A task that its framework thought lost runs after all.
import type { Task } from "@mezzo/wire";
import { sendUpdate } from "../send/send-update.ts";
import { createTaskUpdate, lastDetails } from "../status-update.ts";
import type { Turn } from "../turn.ts";

/** Takes the task out of the framework's history and tells the framework; `message` says how it came back. */
export function reviveTask(turn: Turn, task: Task, message: string): void {
  const framework = turn.state.frameworks.registered.get(task.framework_id.value);
  if (framework === undefined) return;
  const taskId = task.task_id.value;
  framework.unreachableTasks.delete(taskId);
  framework.completedTasks = framework.completedTasks.filter((one) => one.task_id.value !== taskId);
  if (framework.state !== "connected") return;
  const update = createTaskUpdate(task, {
    state: task.state,
    message,
    reason: "REASON_AGENT_REREGISTERED",
    details: lastDetails(task),
    now: turn.now,
  });
  sendUpdate(turn, framework, { update });
}
