// Timers about executors (`registerExecutorTimeout`, `reregisterExecutorTimeout`, `shutdownExecutorTimeout` of Mesos).
import { formatDuration } from "../../core/duration.ts";
import { EXECUTOR_HEARTBEAT_MS } from "../executor/heartbeat.ts";
import { destroyExecutor } from "../executor/shut-down-executor.ts";
import { sendToExecutor } from "../executor/executor-events.ts";
import { finishRecoveryWhenAllBack } from "../recovery/finish-when-all-back.ts";
import { findRun } from "../lookup.ts";
import { partitionAwareState } from "../task/task-states.ts";
import { emit, note, type Turn } from "../turn.ts";

type Run = { frameworkId: string; executorId: string; containerId: string };

/** A launched executor did not subscribe in time. */
export function executorRegistrationTimeout(turn: Turn, of: Run): void {
  const executor = findRun(turn.state, of);
  const framework = turn.state.frameworks.get(of.frameworkId);
  if (executor?.phase !== "REGISTERING" || framework?.phase === "TERMINATING") return;
  const within = formatDuration(turn.state.options.executorRegistrationTimeout);
  note(turn, "warn", { message: "Terminating an executor", facts: { executorId: executor.id, within } });
  executor.phase = "TERMINATING";
  executor.pendingTermination = {
    state: "TASK_FAILED",
    reason: "REASON_EXECUTOR_REGISTRATION_TIMEOUT",
    message: `Executor did not register within ${within}`,
  };
  destroyExecutor(turn, executor);
}

/** Recovery waited long enough for executors to come back. */
export function executorReregistrationTimeout(turn: Turn): void {
  const { state } = turn;
  const within = formatDuration(state.options.executorReregistrationTimeout);
  for (const framework of state.frameworks.values()) {
    for (const executor of framework.executors.values()) {
      if (executor.phase !== "REGISTERING") continue;
      note(turn, "warn", {
        message: "Killing an executor that did not come back",
        facts: { executorId: executor.id },
      });
      executor.phase = "TERMINATING";
      executor.pendingTermination = {
        state: partitionAwareState(framework.info, "TASK_GONE"),
        reason: "REASON_EXECUTOR_REREGISTRATION_TIMEOUT",
        message: `Executor did not reregister within ${within}`,
      };
      destroyExecutor(turn, executor);
    }
  }
  finishRecoveryWhenAllBack(turn);
}

/** The executor did not end within its grace period. */
export function executorShutdownTimeout(turn: Turn, of: Run): void {
  const executor = findRun(turn.state, of);
  if (executor?.phase !== "TERMINATING") return;
  note(turn, "info", { message: "Killing an executor", facts: { executorId: executor.id } });
  destroyExecutor(turn, executor);
}

/** Keeps the connection of a quiet executor alive. */
export function executorHeartbeat(turn: Turn, of: Run): void {
  const executor = findRun(turn.state, of);
  if (executor?.connectionId === undefined) return;
  sendToExecutor(turn, executor, { type: "HEARTBEAT" });
  const timer = { name: "executorHeartbeat", ...of } as const;
  emit(turn, { type: "setTimer", timer, delayMs: EXECUTOR_HEARTBEAT_MS });
}
