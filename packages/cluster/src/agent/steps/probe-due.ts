// It is time to check a task.
import { checkTarget, healthTarget, type ProbeKind } from "../checks/probe.ts";
import { commandPath, findCommand, type CommandPath } from "../command/find-command.ts";
import { emit, type Turn } from "../turn.ts";

/** Default of `timeout_seconds` (mesos.proto); 0 means none. */
const TIMEOUT_SECONDS = 20;

/** Tries; the result comes back as `probeCompleted`. */
export function probeDue(turn: Turn, of: CommandPath & { kind: ProbeKind }): void {
  const { executor, command } = findCommand(turn.state, of) ?? {};
  if (executor === undefined || command?.phase !== "RUNNING" || !command.probeContext) return;
  const { check, healthCheck } = command;
  const target = of.kind === "check" ? check && checkTarget(check) : healthCheck && healthTarget(healthCheck);
  if (target === undefined) return;
  const seconds = (of.kind === "check" ? check : healthCheck)?.timeout_seconds ?? TIMEOUT_SECONDS;
  emit(turn, {
    type: "runProbe",
    kind: of.kind,
    ...commandPath(executor, command),
    target,
    ...(seconds > 0 && { timeoutMs: seconds * 1000 }),
    ...command.probeContext,
  });
}
