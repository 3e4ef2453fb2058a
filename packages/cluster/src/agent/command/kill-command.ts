// Kills a command task: SIGTERM, and SIGKILL when its grace period has passed (`src/launcher/executor.cpp`).
import type { KillPolicy } from "@mezzo/wire";
import { shutdownGraceOf } from "../executor/shut-down-executor.ts";
import type { ExecutorState } from "../state.ts";
import { hasCapability } from "../task/task-states.ts";
import { emit, type Turn } from "../turn.ts";
import type { CommandRun } from "./command-run.ts";
import { reportCommand } from "./report-command.ts";
import { saveCommand } from "./save-command.ts";

const NANOSECONDS_PER_MS = 1e6;

/** The grace period of a task without a kill policy. */
const DEFAULT_KILL_GRACE_MS = 3000;

/** What Mesos keeps back of an executor's shutdown grace period, so that its command ends before it is destroyed. */
const SHUTDOWN_RESERVE_MS = 2000;

/** A kill by the framework: its own policy, else the task's, else three seconds. */
export function killCommandByPolicy(
  turn: Turn,
  executor: ExecutorState,
  of: { command: CommandRun; policy: KillPolicy | undefined },
): void {
  const { command, policy } = of;
  const grace = policy?.grace_period ?? command.killPolicy?.grace_period;
  cancelCompletion(turn, executor);
  killCommand(turn, executor, {
    command,
    graceMs: grace === undefined ? DEFAULT_KILL_GRACE_MS : grace.nanoseconds / NANOSECONDS_PER_MS,
  });
}

/** The shutdown of the executor. A container that was not launched yet is destroyed at once. */
export function shutDownCommand(turn: Turn, executor: ExecutorState): void {
  const { command } = executor;
  if (command === undefined || !executor.launchedTasks.has(command.taskId)) {
    emit(turn, { type: "destroyContainer", containerId: executor.containerId });
    return;
  }
  cancelCompletion(turn, executor);
  const graceMs = Math.max(0, shutdownGraceOf(turn, executor) - SHUTDOWN_RESERVE_MS);
  killCommand(turn, executor, { command, graceMs });
}

/** Begins a kill, or brings its end forward when one is on its way. */
export function killCommand(
  turn: Turn,
  executor: ExecutorState,
  of: { command: CommandRun; graceMs: number },
): void {
  const { command, graceMs } = of;
  if (command.phase === "KILLING") {
    const deadline = (command.killStartedAt ?? turn.now) + graceMs;
    if (deadline >= (command.killDeadline ?? deadline)) return;
    schedule(turn, executor, { command, deadline });
    return;
  }
  command.phase = "KILLING";
  command.killStartedAt = turn.now;
  const framework = turn.state.frameworks.get(executor.frameworkId);
  if (!command.completionTimedOut && framework && hasCapability(framework.info, "TASK_KILLING_STATE")) {
    reportCommand(turn, { executor, command }, { state: "TASK_KILLING" });
  }
  schedule(turn, executor, { command, deadline: turn.now + graceMs });
  emit(turn, { type: "killContainer", containerId: executor.containerId, signal: "SIGTERM" });
}

function schedule(turn: Turn, executor: ExecutorState, of: { command: CommandRun; deadline: number }): void {
  of.command.killDeadline = of.deadline;
  saveCommand(turn, executor, of.command);
  const { frameworkId, id: executorId, containerId } = executor;
  emit(turn, {
    type: "setTimer",
    timer: { name: "commandKill", frameworkId, executorId, containerId },
    delayMs: Math.max(0, of.deadline - turn.now),
  });
}

function cancelCompletion(turn: Turn, executor: ExecutorState): void {
  const { frameworkId, id: executorId, containerId } = executor;
  const timer = { name: "commandCompletion", frameworkId, executorId, containerId } as const;
  emit(turn, { type: "cancelTimer", timer });
}
