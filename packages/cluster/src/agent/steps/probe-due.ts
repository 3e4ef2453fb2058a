// It is time to check a task.
import type { ProbeKind } from "../checks/probe.ts";
import { probeEffect } from "../checks/probe-effect.ts";
import { findCommand, type CommandPath } from "../command/find-command.ts";
import { emit, type Turn } from "../turn.ts";

/** Tries; the result comes back as `probeCompleted`. */
export function probeDue(turn: Turn, of: CommandPath & { kind: ProbeKind }): void {
  const { executor, command } = findCommand(turn.state, of) ?? {};
  if (executor === undefined || command?.phase !== "RUNNING") return;
  const effect = probeEffect(executor, { command, kind: of.kind });
  if (effect !== undefined) emit(turn, effect);
}
