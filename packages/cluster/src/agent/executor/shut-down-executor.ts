// Ends an executor in two steps: it is asked to, and destroyed when its grace period has passed.
import type { ExecutorState } from "../state.ts";
import { shutDownCommand } from "../command/kill-command.ts";
import { emit, note, type Turn } from "../turn.ts";
import { sendToExecutor } from "./executor-events.ts";

const NANOSECONDS_PER_MS = 1e6;

/** The executor's own grace period or the agent's, ms. */
export function shutdownGraceOf(turn: Turn, executor: ExecutorState): number {
  const own = executor.info.shutdown_grace_period;
  return own === undefined
    ? turn.state.options.executorShutdownGracePeriod
    : own.nanoseconds / NANOSECONDS_PER_MS;
}

/** `Slave::_shutdownExecutor` of Mesos; the executor must be registering or running. */
export function shutDownExecutor(turn: Turn, executor: ExecutorState): void {
  note(turn, "info", { message: "Shutting down an executor", facts: { executorId: executor.id } });
  executor.phase = "TERMINATING";
  executor.shutdownSent = true;
  if (executor.command === undefined) sendToExecutor(turn, executor, { type: "SHUTDOWN" });
  else shutDownCommand(turn, executor);
  const { frameworkId, id: executorId, containerId } = executor;
  emit(turn, {
    type: "setTimer",
    timer: { name: "executorShutdown", frameworkId, executorId, containerId },
    delayMs: shutdownGraceOf(turn, executor),
  });
}
