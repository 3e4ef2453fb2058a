// The master wants a task killed (`Slave::killTask` of Mesos).
import type { KillTaskMessage } from "@mezzo/wire";
import { killTaskOf } from "../kill/kill-task-of.ts";
import { executorOfTask } from "../lookup.ts";
import { partitionAwareState } from "../task/task-states.ts";
import { createAgentUpdate } from "../updates/create-update.ts";
import { handleUpdate } from "../updates/handle-update.ts";
import { refuse, type Turn } from "../turn.ts";

/** Kills the task, or reports that it is not here. */
export function killTask(turn: Turn, from: string, message: KillTaskMessage): void {
  const { state } = turn;
  const taskId = message.task_id.value;
  if (state.master !== from) return refuse(turn, "Ignoring a kill: not from the expected master", { from });
  if (state.phase === "RECOVERING" || state.phase === "TERMINATING") {
    return refuse(turn, "Cannot kill a task", { taskId, phase: state.phase });
  }
  const framework = state.frameworks.get(message.framework_id.value);
  if (framework === undefined) return refuse(turn, "Ignoring a kill: no such framework", { taskId });
  if (framework.phase === "TERMINATING") {
    return refuse(turn, "Ignoring a kill: the framework is terminating", { taskId });
  }
  const executor = executorOfTask(framework, taskId);
  if (executor !== undefined) {
    killTaskOf(turn, executor, { taskId, policy: message.kill_policy });
    return;
  }
  const update = createAgentUpdate(turn, {
    frameworkId: framework.id,
    taskId,
    state: partitionAwareState(framework.info, "TASK_DROPPED"),
    reason: "REASON_EXECUTOR_TERMINATED",
    message: "Cannot find executor",
  });
  handleUpdate(turn, update, "agent");
}
