// Timers of the built-in executors.
import { findCommand, type CommandPath } from "../command/find-command.ts";
import { killCommand } from "../command/kill-command.ts";
import { emit, note, type Turn } from "../turn.ts";

/** The task did not end on SIGTERM within its grace period. */
export function commandKillTimeout(turn: Turn, of: CommandPath): void {
  const { command } = findCommand(turn.state, of) ?? {};
  if (command?.phase !== "KILLING") return;
  note(turn, "info", { message: "A task did not end on SIGTERM", facts: { taskId: command.taskId } });
  emit(turn, { type: "killContainer", containerId: of.containerId, signal: "SIGKILL" });
}

/** The task ran as long as it may. */
export function commandCompletionTimeout(turn: Turn, of: CommandPath): void {
  const { executor, command } = findCommand(turn.state, of) ?? {};
  if (executor === undefined || command?.phase !== "RUNNING") return;
  if (!executor.launchedTasks.has(command.taskId)) return;
  command.completionTimedOut = true;
  killCommand(turn, executor, { command, graceMs: 0 });
}
