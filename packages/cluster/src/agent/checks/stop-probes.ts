// Stops the checks of a task that is killed or over.
import type { CommandRun } from "../command/command-run.ts";
import { commandPath } from "../command/find-command.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";

/** Cancels their timers and ends what is being tried. */
export function stopProbes(turn: Turn, executor: ExecutorState, command: CommandRun): void {
  const kinds = (["check", "health"] as const).filter((kind) => command.probes?.[kind] !== undefined);
  for (const kind of kinds) {
    emit(turn, { type: "cancelTimer", timer: { name: "probe", kind, ...commandPath(executor, command) } });
  }
  if (kinds.length > 0) emit(turn, { type: "cancelProbes", containerId: command.containerId });
}
