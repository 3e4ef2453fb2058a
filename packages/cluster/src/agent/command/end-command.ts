// A command task's process ended: its last status.
import type { TaskState } from "@mezzo/wire";
import type { Termination } from "../containerizer/containerizer.ts";
import type { ExecutorState } from "../state.ts";
import type { Turn } from "../turn.ts";
import type { CommandRun } from "./command-run.ts";
import { reportCommand } from "./report-command.ts";
import { signalName } from "./signal-name.ts";

/** Reports how the command ended. Ends that the container's driver explains are left to the agent's own words. */
export function endCommand(
  turn: Turn,
  executor: ExecutorState,
  of: { command: CommandRun; termination: Termination },
): void {
  const { command, termination } = of;
  if (termination.reason !== undefined || !executor.launchedTasks.has(command.taskId)) return;
  const killed = command.phase === "KILLING";
  reportCommand(
    turn,
    { executor, command },
    {
      state: finalState(command, termination),
      message: describe(termination),
      ...(command.completionTimedOut && { reason: "REASON_MAX_COMPLETION_TIME_REACHED" }),
      ...(killed && command.killedByHealthCheck && { healthy: false }),
    },
  );
}

function finalState(command: CommandRun, { exitCode, signal }: Termination): TaskState {
  if (exitCode === undefined && signal === undefined) return "TASK_FAILED";
  if (command.completionTimedOut) return "TASK_FAILED";
  if (command.phase === "KILLING") return "TASK_KILLED";
  return exitCode === 0 ? "TASK_FINISHED" : "TASK_FAILED";
}

function describe({ exitCode, signal }: Termination): string {
  if (signal !== undefined) return `Command terminated with signal ${signalName(signal)}`;
  if (exitCode !== undefined) return `Command exited with status ${exitCode}`;
  return "Failed to get exit status for Command";
}
