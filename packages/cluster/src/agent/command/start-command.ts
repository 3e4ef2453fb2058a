// The container of a task runs: what a built-in executor does then.
import { startProbes } from "../checks/start-probes.ts";
import { launched } from "../executor/deliver-queued-tasks.ts";
import { everSentTask } from "../executor/ever-sent-task.ts";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";
import type { CommandRun } from "./command-run.ts";
import { commandPath } from "./find-command.ts";
import { hasOwnFacts } from "./command-of.ts";
import { type CommandReport, reportCommand } from "./report-command.ts";
import { saveCommand } from "./save-command.ts";

/** The command executor: its container is the task's. Reports TASK_STARTING and TASK_RUNNING. */
export function startCommand(
  turn: Turn,
  { executor, command }: { executor: ExecutorState; command: CommandRun },
  report: Partial<CommandReport> = {},
): void {
  executor.phase = "RUNNING";
  const task = executor.queuedTasks.get(command.taskId);
  if (task === undefined) {
    // Killed before it was delivered: nothing may run.
    if (!everSentTask(executor)) shutDownExecutor(turn, executor);
    return;
  }
  launched(executor, task);
  reportCommand(turn, { executor, command }, { state: "TASK_STARTING" });
  commandRuns(turn, { executor, command }, report);
}

/** Any built-in executor: reports TASK_RUNNING, starts the checks and the clock of the task's completion time. */
export function commandRuns(
  turn: Turn,
  { executor, command }: { executor: ExecutorState; command: CommandRun },
  report: Partial<CommandReport> = {},
): void {
  command.phase = "RUNNING";
  command.startedAt = turn.now;
  reportCommand(turn, { executor, command }, { ...report, state: "TASK_RUNNING" });
  startProbes(turn, executor, command);
  if (hasOwnFacts(command) || command.group) saveCommand(turn, executor, command);
  if (command.maxCompletionMs === undefined) return;
  const timer = { name: "commandCompletion", ...commandPath(executor, command) } as const;
  emit(turn, { type: "setTimer", timer, delayMs: command.maxCompletionMs });
}
