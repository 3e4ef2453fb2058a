// What is to be tried for a check of a task.
import { commandPath } from "../command/find-command.ts";
import type { CommandRun } from "../command/command-run.ts";
import type { RunProbeEffect } from "../effects.ts";
import type { ExecutorState } from "../state.ts";
import { checkTarget, healthTarget, type ProbeKind } from "./probe.ts";

/** Default of `timeout_seconds` (mesos.proto); 0 means none. */
const TIMEOUT_SECONDS = 20;

/** Undefined when the task has no such check, or one whose parts do not agree. */
export function probeEffect(
  executor: ExecutorState,
  { command, kind }: { command: CommandRun; kind: ProbeKind },
): RunProbeEffect | undefined {
  const { check, healthCheck, probeContext } = command;
  const target = kind === "check" ? check && checkTarget(check) : healthCheck && healthTarget(healthCheck);
  if (target === undefined || !probeContext) return undefined;
  const seconds = (kind === "check" ? check : healthCheck)?.timeout_seconds ?? TIMEOUT_SECONDS;
  return {
    type: "runProbe",
    kind,
    ...commandPath(executor, command),
    target,
    ...(seconds > 0 && { timeoutMs: seconds * 1000 }),
    ...probeContext,
  };
}

/**
 * Checks by command without a delay. In Mesos the first try of one runs while the command is still being started, and says
 * what was so before: here it is tried right before.
 */
export function firstProbes(executor: ExecutorState, command: CommandRun | undefined): RunProbeEffect[] {
  if (command === undefined) return [];
  const kinds: [ProbeKind, { delay_seconds?: number } | undefined][] = [
    ["check", command.check],
    ["health", command.healthCheck],
  ];
  return kinds
    .filter(([, check]) => check?.delay_seconds === 0)
    .map(([kind]) => probeEffect(executor, { command, kind }))
    .filter((effect) => effect?.target.type === "COMMAND") as RunProbeEffect[];
}
