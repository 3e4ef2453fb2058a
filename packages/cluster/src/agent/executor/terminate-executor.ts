// An executor's container is gone: its tasks end, the master hears of it (`Slave::executorTerminated` of Mesos).
import type { Termination } from "../containerizer/containerizer.ts";
import { agentIdOf } from "../identity.ts";
import { hasIncompleteTasks } from "../lookup.ts";
import type { ExecutorState, FrameworkState } from "../state.ts";
import { createAgentUpdate } from "../updates/create-update.ts";
import { handleUpdate } from "../updates/handle-update.ts";
import { emit, note, type Turn } from "../turn.ts";
import { removeExecutor } from "./remove-executor.ts";
import { removeFrameworkIfIdle } from "./remove-framework.ts";

/** Wait status of an executor nobody could observe, or that never ran. */
export const UNKNOWN_WAIT_STATUS = -1;

/** Marks the executor as over and reports what that means for its tasks. `termination` may be missing parts. */
export function terminateExecutor(
  turn: Turn,
  framework: FrameworkState,
  of: { executor: ExecutorState; termination: Partial<Termination> },
): void {
  const { executor, termination } = of;
  if (executor.phase === "TERMINATED") return;
  const status = waitStatusOf(termination);
  note(turn, "info", { message: "An executor terminated", facts: { executorId: executor.id, status } });
  turn.state.counters.executors_terminated += 1;
  executor.phase = "TERMINATED";
  cancelTimers(turn, executor);
  if (framework.phase === "TERMINATING") abandonTasks(executor);
  else failTasks(turn, executor, termination);
  if (!executor.generated) sendExited(turn, executor, status);
  const over = turn.state.phase === "TERMINATING" || framework.phase === "TERMINATING";
  if (over || !hasIncompleteTasks(executor)) removeExecutor(turn, framework, executor);
  removeFrameworkIfIdle(turn, framework);
}

/** Tells the master that an executor it counts on is not there; `status` as from `wait(2)`. */
export function sendExited(
  turn: Turn,
  executor: { frameworkId: string; id: string },
  status = UNKNOWN_WAIT_STATUS,
): void {
  if (turn.state.master === undefined) return;
  emit(turn, {
    type: "send",
    to: turn.state.master,
    name: "ExitedExecutorMessage",
    body: {
      agent_id: agentIdOf(turn.state),
      framework_id: { value: executor.frameworkId },
      executor_id: { value: executor.id },
      status,
    },
  });
}

/** An exit code is the second byte, a signal the first seven bits: what `wait(2)` gives and Mesos passes on. */
function waitStatusOf({ exitCode, signal }: Partial<Termination>): number {
  if (signal !== undefined) return signal;
  return exitCode === undefined ? UNKNOWN_WAIT_STATUS : exitCode << 8;
}

function failTasks(turn: Turn, executor: ExecutorState, termination: Partial<Termination>): void {
  const pending = executor.pendingTermination;
  const messages = [pending?.message, termination.message].filter((text) => text !== undefined);
  for (const taskId of [...executor.launchedTasks.keys(), ...executor.queuedTasks.keys()]) {
    const update = createAgentUpdate(turn, {
      frameworkId: executor.frameworkId,
      taskId,
      executorId: executor.id,
      state: termination.reason === undefined ? (pending?.state ?? "TASK_FAILED") : "TASK_FAILED",
      reason: termination.reason ?? pending?.reason ?? "REASON_EXECUTOR_TERMINATED",
      message: messages.length > 0 ? messages.join("; ") : "Executor terminated",
      ...(termination.limited && { limited: termination.limited }),
    });
    handleUpdate(turn, update, "agent");
  }
}

function abandonTasks(executor: ExecutorState): void {
  for (const [taskId, task] of executor.launchedTasks) executor.terminatedTasks.set(taskId, task);
  executor.launchedTasks.clear();
}

function cancelTimers(turn: Turn, executor: ExecutorState): void {
  const of = {
    frameworkId: executor.frameworkId,
    executorId: executor.id,
    containerId: executor.containerId,
  };
  emit(turn, { type: "cancelTimer", timer: { name: "executorRegistration", ...of } });
  emit(turn, { type: "cancelTimer", timer: { name: "executorShutdown", ...of } });
  if (executor.connectionId !== undefined)
    emit(turn, { type: "cancelTimer", timer: { name: "executorHeartbeat", ...of } });
}
