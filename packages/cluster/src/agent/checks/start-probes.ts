// Starts the checks of a task that began to run.
import type { CheckInfo, HealthCheck } from "@mezzo/wire";
import { commandPath } from "../command/find-command.ts";
import type { CommandRun } from "../command/command-run.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";
import { emptyCheckStatus } from "./check-status.ts";
import type { ProbeKind } from "./probe.ts";

/** Defaults of the fields of CheckInfo and HealthCheck, seconds (mesos.proto). */
const DELAY_SECONDS = 15;
const INTERVAL_SECONDS = 10;

/** Each check waits its own delay first. */
export function startProbes(turn: Turn, executor: ExecutorState, command: CommandRun): void {
  const { check, healthCheck } = command;
  const fresh = { startedAt: turn.now, initializing: true, consecutiveFailures: 0 };
  if (check) {
    command.probes = { ...command.probes, check: { ...fresh, reported: emptyCheckStatus(check) } };
    schedule(turn, { executor, command, kind: "check" }, check.delay_seconds ?? DELAY_SECONDS);
  }
  if (healthCheck) {
    command.probes = { ...command.probes, health: fresh };
    schedule(turn, { executor, command, kind: "health" }, healthCheck.delay_seconds ?? DELAY_SECONDS);
  }
}

/** Sets the timer for the next try. */
export function scheduleNextProbe(
  turn: Turn,
  of: { executor: ExecutorState; command: CommandRun; kind: ProbeKind },
): void {
  const info: CheckInfo | HealthCheck | undefined =
    of.kind === "check" ? of.command.check : of.command.healthCheck;
  schedule(turn, of, info?.interval_seconds ?? INTERVAL_SECONDS);
}

function schedule(
  turn: Turn,
  of: { executor: ExecutorState; command: CommandRun; kind: ProbeKind },
  seconds: number,
): void {
  const timer = { name: "probe", kind: of.kind, ...commandPath(of.executor, of.command) } as const;
  emit(turn, { type: "setTimer", timer, delayMs: seconds * 1000 });
}
