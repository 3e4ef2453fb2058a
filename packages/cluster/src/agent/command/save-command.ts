// Writes down how far a built-in executor is.
import { runPathOf } from "../identity.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";
import type { CommandRun } from "./command-run.ts";

/** Saves the task's run, or those of its whole group. */
export function saveCommand(turn: Turn, executor: ExecutorState, command: CommandRun): void {
  if (!executor.checkpoint) return;
  const at = runPathOf(turn.state, executor);
  const runs = executor.group ? [...executor.group.runs.values()] : [command];
  const run = { runs: runs.map((one) => ({ ...one })), unhealthy: executor.group?.unhealthy ?? false };
  emit(turn, { type: "checkpoint", record: { kind: "commands", at, run } });
}
