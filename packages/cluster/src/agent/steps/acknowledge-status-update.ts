// A framework has seen a status update (`Slave::statusUpdateAcknowledgement` of Mesos).
import type { StatusUpdateAcknowledgementMessage } from "@mezzo/wire";
import { removeExecutor } from "../executor/remove-executor.ts";
import { removeFrameworkIfIdle } from "../executor/remove-framework.ts";
import { executorOfTask, hasIncompleteTasks } from "../lookup.ts";
import { completeTask } from "../task/complete-task.ts";
import { acknowledgeUpdate, streamKey } from "../updates/stream.ts";
import { refuse, type Turn } from "../turn.ts";

/** The next update of the task is sent; after the last one the task, its executor and its framework become history. */
export function acknowledgeStatusUpdate(
  turn: Turn,
  from: string,
  message: StatusUpdateAcknowledgementMessage,
): void {
  const { state } = turn;
  const taskId = message.task_id.value;
  const frameworkId = message.framework_id.value;
  if (state.master !== from || state.phase !== "RUNNING") {
    return refuse(turn, "Dropping an acknowledgement", { taskId, from, phase: state.phase });
  }
  const stream = state.streams.get(streamKey(frameworkId, taskId));
  if (stream === undefined) {
    return refuse(turn, "Cannot find the update stream of an acknowledged task", { taskId, frameworkId });
  }
  const framework = state.frameworks.get(frameworkId);
  const executor = framework && executorOfTask(framework, taskId);
  const outcome = acknowledgeUpdate(turn, stream, { uuid: message.uuid, executor });
  if (outcome === "ignored") {
    return refuse(turn, "Ignoring an unexpected acknowledgement", {
      taskId,
      frameworkId,
      uuid: message.uuid,
    });
  }
  if (outcome !== "ended" || framework === undefined || executor === undefined) return;
  if (executor.terminatedTasks.has(taskId)) completeTask(turn, executor, taskId);
  if (executor.phase === "TERMINATED" && !hasIncompleteTasks(executor)) {
    removeExecutor(turn, framework, executor);
  }
  removeFrameworkIfIdle(turn, framework);
}
