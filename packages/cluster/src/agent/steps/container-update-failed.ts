// An executor's container could not be fitted to its tasks (`___run`, `_reregisterExecutor`, `__statusUpdate` in Mesos' slave.cpp).
import { destroyExecutor } from "../executor/shut-down-executor.ts";
import type { ContainerUpdateFailed } from "../inputs.ts";
import { findRun } from "../lookup.ts";
import { partitionAwareState } from "../task/task-states.ts";
import { note, type Turn } from "../turn.ts";

/** Ends the executor: its tasks were promised what they do not have. One that is ending anyway ends as it was to. */
export function containerUpdateFailed(turn: Turn, input: ContainerUpdateFailed): void {
  const executor = findRun(turn.state, input);
  const framework = turn.state.frameworks.get(input.frameworkId);
  if (executor?.phase !== "RUNNING" || framework === undefined) return;
  const facts = { executorId: executor.id, containerId: executor.containerId, reason: input.message };
  note(turn, "error", { message: "Cannot update a container, ending its executor", facts });
  executor.phase = "TERMINATING";
  executor.pendingTermination = {
    state: partitionAwareState(framework.info, "TASK_GONE"),
    reason: "REASON_CONTAINER_UPDATE_FAILED",
    message: `Failed to update resources for container: ${input.message}`,
  };
  destroyExecutor(turn, executor);
}
