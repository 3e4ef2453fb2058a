// The container of a command task runs: what the command executor does when it gets its task.
import { launched } from "../executor/deliver-queued-tasks.ts";
import { everSentTask } from "../executor/ever-sent-task.ts";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import { runPathOf } from "../identity.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";
import { saveCommand } from "./save-command.ts";
import type { CommandRun } from "./command-run.ts";
import { reportCommand } from "./report-command.ts";

/** Reports TASK_STARTING and TASK_RUNNING and starts the clock of the task's completion time. */
export function startCommand(turn: Turn, executor: ExecutorState, command: CommandRun): void {
  executor.phase = "RUNNING";
  command.phase = "RUNNING";
  command.startedAt = turn.now;
  const task = executor.queuedTasks.get(command.taskId);
  if (task === undefined) {
    // Killed before it was delivered: nothing may run.
    if (!everSentTask(executor)) shutDownExecutor(turn, executor);
    return;
  }
  launched(executor, task);
  reportCommand(turn, { executor, command }, { state: "TASK_STARTING" });
  reportCommand(turn, { executor, command }, { state: "TASK_RUNNING" });
  if (command.maxCompletionMs === undefined) return;
  saveCommand(turn, executor, command);
  emit(turn, {
    type: "setTimer",
    timer: { name: "commandCompletion", ...runPathOf(turn.state, executor) },
    delayMs: command.maxCompletionMs,
  });
}
