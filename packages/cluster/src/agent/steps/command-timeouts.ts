// Timers of the built-in command executor.
import { killCommand } from "../command/kill-command.ts";
import { findRun } from "../lookup.ts";
import { emit, note, type Turn } from "../turn.ts";

type Run = { frameworkId: string; executorId: string; containerId: string };

/** The task did not end on SIGTERM within its grace period. */
export function commandKillTimeout(turn: Turn, of: Run): void {
  const executor = findRun(turn.state, of);
  if (executor?.command?.phase !== "KILLING" || executor.phase === "TERMINATED") return;
  note(turn, "info", { message: "A task did not end on SIGTERM", facts: { executorId: of.executorId } });
  emit(turn, { type: "killContainer", containerId: of.containerId, signal: "SIGKILL" });
}

/** The task ran as long as it may. */
export function commandCompletionTimeout(turn: Turn, of: Run): void {
  const executor = findRun(turn.state, of);
  const command = executor?.command;
  if (executor === undefined || command === undefined || command.phase === "KILLING") return;
  if (!executor.launchedTasks.has(command.taskId)) return;
  command.completionTimedOut = true;
  killCommand(turn, executor, { command, graceMs: 0 });
}
