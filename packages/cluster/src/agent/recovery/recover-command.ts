// A command task whose agent was restarted goes on where it was.
import type { RecoveredExecutor } from "../checkpoint/recovered.ts";
import type { CommandRun } from "../command/command-run.ts";
import { runPathOf } from "../identity.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";

/** The executor needs nobody to subscribe: the agent runs it, and only its timers must be set again. */
export function recoverCommand(turn: Turn, executor: ExecutorState, recovered: RecoveredExecutor): void {
  const task = recovered.tasks[0]?.task;
  const run: CommandRun = recovered.commandRun ?? {
    taskId: executor.id,
    phase: "RUNNING",
    ...(task?.kill_policy && { killPolicy: task.kill_policy }),
    completionTimedOut: false,
    killedByHealthCheck: false,
  };
  if (run.phase === "LAUNCHING") run.phase = "RUNNING";
  executor.command = run;
  executor.phase = "RUNNING";
  const of = runPathOf(turn.state, executor);
  if (run.phase === "KILLING" && run.killDeadline !== undefined) {
    const delayMs = Math.max(0, run.killDeadline - turn.now);
    emit(turn, { type: "setTimer", timer: { name: "commandKill", ...of }, delayMs });
  } else if (run.maxCompletionMs !== undefined) {
    const delayMs = Math.max(0, (run.startedAt ?? turn.now) + run.maxCompletionMs - turn.now);
    emit(turn, { type: "setTimer", timer: { name: "commandCompletion", ...of }, delayMs });
  }
}
