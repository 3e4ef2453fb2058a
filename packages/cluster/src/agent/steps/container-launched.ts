// The container of an executor runs (`Slave::executorLaunched` of Mesos).
import type { CommandRun } from "../command/command-run.ts";
import { findCommand } from "../command/find-command.ts";
import { commandRuns, startCommand } from "../command/start-command.ts";
import { everSentTask } from "../executor/ever-sent-task.ts";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import type { GroupRun } from "../group/group-run.ts";
import { launchGroups } from "../group/launch-group.ts";
import { endIfEmpty } from "../group/member-ended.ts";
import type { ExecutorState } from "../state.ts";
import type { ContainerLaunched, ContainerNetworks } from "../inputs.ts";
import { runPathOf } from "../identity.ts";
import { findRun } from "../lookup.ts";
import { probeCompleted } from "./probe-completed.ts";
import { emit, type Turn } from "../turn.ts";

/** Notes the process; an executor that was given up meanwhile is destroyed, a command task is reported as running. */
export function containerLaunched(turn: Turn, input: ContainerLaunched): void {
  const member = findCommand(turn.state, input);
  if (member?.command.group) {
    if (input.networkInfos !== undefined) member.command.networkInfos = input.networkInfos;
    return memberLaunched(turn, member);
  }
  const executor = findRun(turn.state, input);
  const framework = turn.state.frameworks.get(input.frameworkId);
  if (executor === undefined || executor.phase === "TERMINATED") {
    emit(turn, { type: "destroyContainer", containerId: input.containerId });
    return;
  }
  if (input.pid !== undefined) notePid(turn, executor, input.pid);
  if (input.networkInfos !== undefined) executor.networkInfos = input.networkInfos;
  if (executor.phase === "TERMINATING" || framework?.phase === "TERMINATING") {
    emit(turn, { type: "destroyContainer", containerId: input.containerId });
    if (executor.group) endIfEmpty(turn, executor, executor.group);
    return;
  }
  if (executor.command === undefined && executor.group === undefined) return;
  const { frameworkId, executorId, containerId } = input;
  const timer = { name: "executorRegistration", frameworkId, executorId, containerId } as const;
  emit(turn, { type: "cancelTimer", timer });
  if (executor.group) startGroup(turn, executor, executor.group);
  else if (executor.command) startCommand(turn, { executor, command: executor.command }, input.report);
  for (const { kind, result } of input.tried ?? [])
    probeCompleted(turn, { frameworkId, executorId, containerId, kind, result });
}

/** A container of before the agent's restart has these addresses. */
export function containerNetworks(turn: Turn, input: ContainerNetworks): void {
  const member = findCommand(turn.state, input);
  if (member?.command.group) member.command.networkInfos = input.networkInfos;
  const executor = findRun(turn.state, input);
  if (executor !== undefined) executor.networkInfos = input.networkInfos;
}

function notePid(turn: Turn, executor: ExecutorState, pid: number): void {
  executor.pid = pid;
  if (!executor.checkpoint) return;
  const at = runPathOf(turn.state, executor);
  emit(turn, { type: "checkpoint", record: { kind: "forkedPid", at, pid } });
}

/** The default executor has its sandbox and takes the groups that waited; they may all have been killed meanwhile. */
function startGroup(turn: Turn, executor: ExecutorState, group: GroupRun): void {
  executor.phase = "RUNNING";
  if (executor.queuedTasks.size === 0 && !everSentTask(executor)) shutDownExecutor(turn, executor);
  else launchGroups(turn, executor, group);
}

function memberLaunched(turn: Turn, of: { executor: ExecutorState; command: CommandRun }): void {
  if (of.command.phase === "LAUNCHING") return commandRuns(turn, of);
  emit(turn, { type: "destroyContainer", containerId: of.command.containerId });
}
