// A check of a task has a result (`src/checks/checker.cpp`, `src/checks/health_checker.cpp`).
import type { TaskStatus } from "@mezzo/wire";
import { checkStatusOf, isHealthy } from "../checks/check-status.ts";
import type { ProbeKind, ProbeResult, ProbeState } from "../checks/probe.ts";
import { scheduleNextProbe } from "../checks/start-probes.ts";
import type { CommandRun } from "../command/command-run.ts";
import { findCommand, type CommandPath } from "../command/find-command.ts";
import { killCommandByPolicy } from "../command/kill-command.ts";
import { reportCommand, type CommandReport } from "../command/report-command.ts";
import type { ExecutorState } from "../state.ts";
import { note, type Turn } from "../turn.ts";

type Run = { executor: ExecutorState; command: CommandRun };

/** Default of `grace_period_seconds` and `consecutive_failures` (mesos.proto). */
const GRACE_SECONDS = 10;
const MAX_FAILURES = 3;

/** Reports what changed; a task that fails its health check too often is killed. */
export function probeCompleted(
  turn: Turn,
  input: CommandPath & { kind: ProbeKind; result: ProbeResult },
): void {
  const found = findCommand(turn.state, input);
  if (found === undefined || found.command.phase !== "RUNNING") return;
  const state = found.command.probes?.[input.kind];
  if (state === undefined) return;
  if ("error" in input.result) {
    note(turn, "info", {
      message: "A check failed",
      facts: { taskId: found.command.taskId, reason: input.result.error },
    });
  }
  if (input.kind === "check") reportCheck(turn, found, { state, result: input.result });
  else if (isHealthy(input.result)) succeed(turn, found, state);
  else fail(turn, found, state);
  if (found.command.phase === "RUNNING") scheduleNextProbe(turn, { ...found, kind: input.kind });
}

function reportCheck(turn: Turn, run: Run, of: { state: ProbeState; result: ProbeResult }): void {
  const status = checkStatusOf(run.command.check ?? {}, of.result);
  if (JSON.stringify(status) === JSON.stringify(of.state.reported)) return;
  of.state.reported = status;
  const reason = "REASON_TASK_CHECK_STATUS_UPDATED";
  reportCommand(turn, run, { ...lastReport(run), reason, check_status: status });
}

function succeed(turn: Turn, run: Run, state: ProbeState): void {
  if (state.initializing || state.consecutiveFailures > 0) reportHealth(turn, run, true);
  state.initializing = false;
  state.consecutiveFailures = 0;
}

function fail(turn: Turn, run: Run, state: ProbeState): void {
  const graceMs = (run.command.healthCheck?.grace_period_seconds ?? GRACE_SECONDS) * 1000;
  if (state.initializing && graceMs > 0 && turn.now - state.startedAt <= graceMs) return;
  state.consecutiveFailures += 1;
  reportHealth(turn, run, false);
  if (state.consecutiveFailures < (run.command.healthCheck?.consecutive_failures ?? MAX_FAILURES)) return;
  run.command.killedByHealthCheck = true;
  if (run.executor.group) run.executor.group.unhealthy = true;
  killCommandByPolicy(turn, run.executor, { command: run.command, policy: undefined });
}

function reportHealth(turn: Turn, run: Run, healthy: boolean): void {
  const reason = "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED";
  reportCommand(turn, run, { ...lastReport(run), reason, healthy });
}

/** A result changes one thing; everything else said about the task stays said. */
function lastReport({ executor, command }: Run): CommandReport {
  const last: TaskStatus | undefined = executor.launchedTasks.get(command.taskId)?.statuses?.at(-1);
  return {
    state: last?.state ?? "TASK_RUNNING",
    ...(last?.message !== undefined && { message: last.message }),
    ...(last?.healthy !== undefined && { healthy: last.healthy }),
    ...(last?.check_status && { check_status: last.check_status }),
  };
}
