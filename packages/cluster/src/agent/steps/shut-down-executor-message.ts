// The master wants an executor shut down (`Slave::shutdownExecutor` of Mesos).
import type { ShutdownExecutorMessage } from "@mezzo/wire";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import { refuse, type Turn } from "../turn.ts";

/** Asks the executor to end; it is destroyed after its grace period. */
export function shutDownExecutorMessage(turn: Turn, from: string, message: ShutdownExecutorMessage): void {
  const { state } = turn;
  const executorId = message.executor_id?.value ?? "";
  const facts = { executorId, from };
  if (state.master !== from) return refuse(turn, "Ignoring a shutdown: not from the expected master", facts);
  if (state.phase === "RECOVERING" || state.phase === "DISCONNECTED") {
    return refuse(turn, "Ignoring a shutdown: not registered", facts);
  }
  const framework = state.frameworks.get(message.framework_id?.value ?? "");
  if (framework === undefined || framework.phase === "TERMINATING") {
    return refuse(turn, "Ignoring a shutdown: its framework is not running", facts);
  }
  const executor = framework.executors.get(executorId);
  if (executor === undefined) return refuse(turn, "Ignoring a shutdown of an unknown executor", facts);
  if (executor.phase === "TERMINATING" || executor.phase === "TERMINATED") {
    return refuse(turn, "Ignoring a shutdown: the executor is ending", facts);
  }
  shutDownExecutor(turn, executor);
}
