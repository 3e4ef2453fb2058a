// Status updates of the built-in executors.
import type { TaskStatus } from "@mezzo/wire";
import { emptyCheckStatus } from "../checks/check-status.ts";
import type { ExecutorState } from "../state.ts";
import { createExecutorUpdate } from "../updates/create-update.ts";
import { handleUpdate } from "../updates/handle-update.ts";
import { newUuid, type Turn } from "../turn.ts";
import type { CommandRun } from "./command-run.ts";

/** What the executor says beside the state. */
export type CommandReport = Pick<TaskStatus, "state"> &
  Partial<
    Pick<TaskStatus, "reason" | "message" | "healthy" | "check_status" | "data" | "labels" | "limitation">
  >;

/** Reports on the task as its executor. */
export function reportCommand(
  turn: Turn,
  of: { executor: ExecutorState; command: CommandRun },
  report: CommandReport,
): void {
  const { executor, command } = of;
  const status: TaskStatus = {
    task_id: { value: command.taskId },
    executor_id: { value: executor.id },
    source: "SOURCE_EXECUTOR",
    timestamp: turn.now / 1000,
    uuid: newUuid(turn),
    // A task with a check always shows one, empty until its first result (MESOS-7250).
    ...(command.check && { check_status: emptyCheckStatus(command.check) }),
    ...(command.group && {
      container_status: {
        container_id: { value: command.containerId, parent: { value: executor.containerId } },
        ...(command.networkInfos && { network_infos: command.networkInfos }),
      },
    }),
    ...report,
  };
  handleUpdate(turn, createExecutorUpdate(turn, executor.frameworkId, status), "executor");
}
