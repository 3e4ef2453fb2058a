// Writes down how far the built-in command executor is.
import { runPathOf } from "../identity.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";
import type { CommandRun } from "./command-run.ts";

/** Done only where the task's own records do not tell: completion limits and kills. */
export function saveCommand(turn: Turn, executor: ExecutorState, command: CommandRun): void {
  if (!executor.checkpoint) return;
  const at = runPathOf(turn.state, executor);
  emit(turn, { type: "checkpoint", record: { kind: "commandRun", at, run: { ...command } } });
}
