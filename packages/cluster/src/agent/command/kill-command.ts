// Kills a task of a built-in executor: SIGTERM, and SIGKILL when its grace period has passed.
import type { KillPolicy } from "@mezzo/wire";
import { stopProbes } from "../checks/stop-probes.ts";
import { shutdownGraceOf } from "../executor/shutdown-grace.ts";
import type { ExecutorState } from "../state.ts";
import { hasCapability } from "../task/task-states.ts";
import { emit, type Turn } from "../turn.ts";
import type { CommandRun } from "./command-run.ts";
import { commandPath } from "./find-command.ts";
import { reportCommand } from "./report-command.ts";
import { saveCommand } from "./save-command.ts";

const NANOSECONDS_PER_MS = 1e6;

/** The grace period of a task without a kill policy. */
export const DEFAULT_KILL_GRACE_MS = 3000;

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
  killCommand(turn, executor, {
    command,
    graceMs: grace === undefined ? DEFAULT_KILL_GRACE_MS : grace.nanoseconds / NANOSECONDS_PER_MS,
  });
}

/** The shutdown of the command executor. A container that was not launched yet is destroyed at once. */
export function shutDownCommand(turn: Turn, executor: ExecutorState): void {
  const { command } = executor;
  if (command === undefined || !executor.launchedTasks.has(command.taskId)) {
    emit(turn, { type: "destroyContainer", containerId: executor.containerId });
    return;
  }
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
    if (deadline < (command.killDeadline ?? deadline)) schedule(turn, executor, { command, deadline });
    return;
  }
  const launching = command.phase === "LAUNCHING";
  stopTimersOf(turn, executor, command);
  command.phase = "KILLING";
  command.killStartedAt = turn.now;
  const framework = turn.state.frameworks.get(executor.frameworkId);
  if (!command.completionTimedOut && framework && hasCapability(framework.info, "TASK_KILLING_STATE")) {
    reportCommand(turn, { executor, command }, { state: "TASK_KILLING" });
  }
  schedule(turn, executor, { command, deadline: turn.now + graceMs });
  const { containerId } = command;
  if (launching) emit(turn, { type: "destroyContainer", containerId });
  else emit(turn, { type: "killContainer", containerId, signal: "SIGTERM" });
}

/** Stops what would act on a task that is being killed or over. */
export function stopTimersOf(turn: Turn, executor: ExecutorState, command: CommandRun): void {
  stopProbes(turn, executor, command);
  if (command.maxCompletionMs === undefined) return;
  const timer = { name: "commandCompletion", ...commandPath(executor, command) } as const;
  emit(turn, { type: "cancelTimer", timer });
}

function schedule(turn: Turn, executor: ExecutorState, of: { command: CommandRun; deadline: number }): void {
  of.command.killDeadline = of.deadline;
  saveCommand(turn, executor, of.command);
  const timer = { name: "commandKill", ...commandPath(executor, of.command) } as const;
  emit(turn, { type: "setTimer", timer, delayMs: Math.max(0, of.deadline - turn.now) });
}
