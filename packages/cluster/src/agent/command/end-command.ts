// A task's process ended: its last status.
import type { TaskState } from "@mezzo/wire";
import type { Termination } from "../containerizer/containerizer.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";
import type { CommandRun } from "./command-run.ts";
import { commandPath } from "./find-command.ts";
import { stopTimersOf } from "./kill-command.ts";
import { reportCommand } from "./report-command.ts";
import { signalName } from "./signal-name.ts";

/**
 * Reports how the task of the command executor ended. Ends that the container's driver explains are left to the agent's
 * own words: in Mesos they take the executor along.
 */
export function endCommand(
  turn: Turn,
  executor: ExecutorState,
  of: { command: CommandRun; termination: Termination },
): void {
  const { command, termination } = of;
  stopCommand(turn, executor, command);
  if (termination.reason !== undefined || !executor.launchedTasks.has(command.taskId)) return;
  const killed = command.phase === "KILLING";
  reportCommand(
    turn,
    { executor, command },
    {
      state: finalState(command, termination),
      message: wordsOf(termination),
      ...(command.completionTimedOut && { reason: "REASON_MAX_COMPLETION_TIME_REACHED" }),
      ...(killed && command.killedByHealthCheck && { healthy: false }),
    },
  );
}

/** Docker's executor has words of its own. */
function wordsOf(termination: Termination): string {
  const { exitCode, message } = termination;
  if (exitCode !== undefined && message !== undefined) return message;
  return describeEnd(termination, "Failed to get exit status for Command");
}

/** Cancels everything that was still to happen to the task. */
export function stopCommand(turn: Turn, executor: ExecutorState, command: CommandRun): void {
  stopTimersOf(turn, executor, command);
  if (command.killDeadline === undefined) return;
  emit(turn, { type: "cancelTimer", timer: { name: "commandKill", ...commandPath(executor, command) } });
}

/** The state a task ends in. */
export function finalState(
  command: CommandRun,
  { exitCode, signal }: Pick<Termination, "exitCode" | "signal">,
): TaskState {
  if (exitCode === undefined && signal === undefined) return "TASK_FAILED";
  if (command.completionTimedOut) return "TASK_FAILED";
  if (command.phase === "KILLING") return "TASK_KILLED";
  return exitCode === 0 ? "TASK_FINISHED" : "TASK_FAILED";
}

/** The words of Mesos' executors; `unknown` when nobody saw the end. */
export function describeEnd({ exitCode, signal }: Partial<Termination>, unknown: string): string {
  if (signal !== undefined) return `Command terminated with signal ${signalName(signal)}`;
  return exitCode === undefined ? unknown : `Command exited with status ${exitCode}`;
}
