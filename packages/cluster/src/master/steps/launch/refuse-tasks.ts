// Tasks that do not start: an update each, and the counters.
import type { TaskInfo, TaskState, TaskStatusReason } from "@mezzo/wire";
import { countTaskState } from "../../changes/update-task.ts";
import type { Framework } from "../../framework.ts";
import { sendUpdate } from "../../send/send-update.ts";
import { createStatusUpdate } from "../../status-update.ts";
import type { Turn } from "../../turn.ts";

/** Why. */
export interface LaunchRefusal {
  state: TaskState;
  reason: TaskStatusReason;
  message: string;
}

/** Tells the framework about each task. */
export function refuseTasks(
  turn: Turn,
  framework: Framework,
  { tasks, refusal }: { tasks: readonly TaskInfo[]; refusal: LaunchRefusal },
): void {
  for (const task of tasks) {
    const update = createStatusUpdate({
      frameworkId: framework.frameworkId,
      taskId: task.task_id,
      agentId: task.agent_id,
      now: turn.now,
      ...refusal,
    });
    countTaskState(turn.state, update.status);
    sendUpdate(turn, framework, { update });
  }
}

/** The state of a task that was dropped before it started: older frameworks know only TASK_LOST. */
export function droppedState(framework: Framework): TaskState {
  return framework.capabilities.has("PARTITION_AWARE") ? "TASK_DROPPED" : "TASK_LOST";
}
