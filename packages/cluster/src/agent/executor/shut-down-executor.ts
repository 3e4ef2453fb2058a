// Ends an executor in two steps: it is asked to, and destroyed when its grace period has passed.
import { shutDownCommand } from "../command/kill-command.ts";
import { shutDownGroup } from "../group/shut-down-group.ts";
import type { ExecutorState } from "../state.ts";
import { emit, note, type Turn } from "../turn.ts";
import { sendToExecutor } from "./executor-events.ts";
import { shutdownGraceOf } from "./shutdown-grace.ts";

/** `Slave::_shutdownExecutor` of Mesos; the executor must be registering or running. */
export function shutDownExecutor(turn: Turn, executor: ExecutorState): void {
  note(turn, "info", { message: "Shutting down an executor", facts: { executorId: executor.id } });
  executor.phase = "TERMINATING";
  executor.shutdownSent = true;
  const { frameworkId, id: executorId, containerId } = executor;
  emit(turn, {
    type: "setTimer",
    timer: { name: "executorShutdown", frameworkId, executorId, containerId },
    delayMs: shutdownGraceOf(turn, executor),
  });
  if (executor.group !== undefined) shutDownGroup(turn, executor, executor.group);
  else if (executor.command !== undefined) shutDownCommand(turn, executor);
  else sendToExecutor(turn, executor, { type: "SHUTDOWN" });
}

/** Kills everything the executor runs, at once. */
export function destroyExecutor(turn: Turn, executor: ExecutorState): void {
  for (const containerId of executor.group?.runs.keys() ?? []) {
    emit(turn, { type: "destroyContainer", containerId });
  }
  emit(turn, { type: "destroyContainer", containerId: executor.containerId });
}
