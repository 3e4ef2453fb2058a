// A task of a group ended, or never started: its last status, and what follows for the others.
import type { TaskState } from "@mezzo/wire";
import { describeEnd, finalState, stopCommand } from "../command/end-command.ts";
import type { CommandRun } from "../command/command-run.ts";
import { killCommand, DEFAULT_KILL_GRACE_MS } from "../command/kill-command.ts";
import { reportCommand } from "../command/report-command.ts";
import { saveCommand } from "../command/save-command.ts";
import type { Termination } from "../containerizer/containerizer.ts";
import { collect } from "../executor/collect.ts";
import { terminateExecutor } from "../executor/terminate-executor.ts";
import { nestedSandboxPath } from "../sandbox/paths.ts";
import type { ExecutorState } from "../state.ts";
import type { Turn } from "../turn.ts";
import type { GroupRun } from "./group-run.ts";

/** How a member ended; `launchError` when it never ran. */
export type MemberEnd = Omit<Termination, "containerId"> & { launchError?: string };

/** One that fails or is killed takes its group along; the last one takes the executor. */
export function memberEnded(
  turn: Turn,
  executor: ExecutorState,
  of: { group: GroupRun; command: CommandRun; end: MemberEnd },
): void {
  const { group, command, end } = of;
  group.runs.delete(command.containerId);
  stopCommand(turn, executor, command);
  // A limit that it went over says more than what else was about to end it.
  const pending = isLimited(end) ? undefined : executor.pendingTermination;
  const state = pending?.state ?? stateOf(command, end);
  const timedOut = command.completionTimedOut ? "REASON_MAX_COMPLETION_TIME_REACHED" : undefined;
  const reason = pending?.reason ?? end.reason ?? timedOut;
  reportCommand(
    turn,
    { executor, command },
    {
      state,
      message: pending?.message ?? describe(end),
      ...(reason !== undefined && { reason }),
      ...(end.limited && { limitation: { resources: end.limited } }),
      ...(group.unhealthy && { healthy: false }),
    },
  );
  if (turn.state.options.gcNestedSandboxes) {
    collect(turn, [nestedSandboxPath(executor.directory, command.containerId)]);
  }
  if (state !== "TASK_FINISHED") killOthers(turn, executor, of);
  saveCommand(turn, executor, command);
  endIfEmpty(turn, executor, group);
}

/** The default executor ends by itself when nothing is left to run. */
export function endIfEmpty(turn: Turn, executor: ExecutorState, group: GroupRun): void {
  const framework = turn.state.frameworks.get(executor.frameworkId);
  if (group.runs.size > 0 || framework === undefined) return;
  terminateExecutor(turn, framework, { executor, termination: { exitCode: 0 } });
}

function killOthers(
  turn: Turn,
  executor: ExecutorState,
  { group, command }: { group: GroupRun; command: CommandRun },
): void {
  const members = new Set(command.group);
  for (const other of group.runs.values()) {
    if (other.phase === "KILLING" || !members.has(other.taskId)) continue;
    killCommand(turn, executor, { command: other, graceMs: DEFAULT_KILL_GRACE_MS });
  }
}

/** The disk is one for the whole group: in Mesos it is the container around them that is over its quota. */
function endsGroup({ reason }: MemberEnd): boolean {
  return reason === "REASON_CONTAINER_LIMITATION_DISK";
}

/** Whether the container was ended for too much of something. */
function isLimited({ reason, launchError }: MemberEnd): boolean {
  return reason !== undefined && launchError === undefined;
}

/** The agent's word counts for more than what the executor sees. @see Mesos src/launcher/default_executor.cpp waited */
function stateOf(command: CommandRun, end: MemberEnd): TaskState {
  if (isLimited(end)) return "TASK_FAILED";
  return end.launchError !== undefined && command.phase === "KILLING"
    ? "TASK_KILLED"
    : finalState(command, end);
}

function describe(end: MemberEnd): string {
  if (end.launchError !== undefined) return end.launchError;
  if (endsGroup(end) && end.message !== undefined) return end.message;
  const words = describeEnd(end, "Command terminated with unknown status");
  return end.message === undefined ? words : `${words}: ${end.message}`;
}
