// Tasks that the agent will not launch are reported as dropped.
import { partitionAwareState } from "../task/task-states.ts";
import { createAgentUpdate } from "../updates/create-update.ts";
import { handleUpdate } from "../updates/handle-update.ts";
import type { Turn } from "../turn.ts";
import type { LaunchRequest } from "./launch-request.ts";
import type { LaunchRefusal } from "./why-not-launchable.ts";

/** TASK_DROPPED for each task of the request, TASK_LOST for frameworks that do not know of partitions. */
export function dropTasks(turn: Turn, request: LaunchRequest, refusal: LaunchRefusal): void {
  for (const task of request.tasks) {
    const update = createAgentUpdate(turn, {
      frameworkId: request.framework.id.value,
      taskId: task.task_id.value,
      ...(!refusal.withoutExecutor && { executorId: request.executor.executor_id.value }),
      state: refusal.state ?? partitionAwareState(request.framework, "TASK_DROPPED"),
      reason: refusal.reason,
      message: refusal.message,
    });
    handleUpdate(turn, update, "agent");
  }
}
