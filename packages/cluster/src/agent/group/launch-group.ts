// Launches the tasks of a group, each in a container nested in the executor's.
import type { TaskGroupInfo, TaskInfo } from "@mezzo/wire";
import { commandOf } from "../command/command-of.ts";
import type { CommandRun } from "../command/command-run.ts";
import { reportCommand } from "../command/report-command.ts";
import { saveCommand } from "../command/save-command.ts";
import { containerAmounts } from "../executor/container-amounts.ts";
import { containerInfoOf } from "../executor/container-info-of.ts";
import { launched } from "../executor/deliver-queued-tasks.ts";
import { nestedEnvironment } from "../executor/nested-environment.ts";
import { rotationVariables } from "../run/log-rotation/rotation.ts";
import { limitsOf } from "../task/limits-of.ts";
import { nestedSandboxPath } from "../sandbox/paths.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";
import type { GroupRun } from "./group-run.ts";

/** Takes everything that waits for the executor. Single tasks have no place in it and never get here. */
export function launchGroups(turn: Turn, executor: ExecutorState, group: GroupRun): void {
  for (const info of executor.queuedTaskGroups) launchGroup(turn, executor, { group, info });
}

function launchGroup(
  turn: Turn,
  executor: ExecutorState,
  { group, info }: { group: GroupRun; info: TaskGroupInfo },
): void {
  const members = (info.tasks ?? []).map((task) => task.task_id.value);
  const runs = (info.tasks ?? []).map((task) => ({ task, run: runOf(turn, executor, { task, members }) }));
  for (const { task, run } of runs) {
    group.runs.set(run.containerId, run);
    launched(executor, task);
    reportCommand(turn, { executor, command: run }, { state: "TASK_STARTING" });
  }
  for (const { task, run } of runs) launchMember(turn, executor, { task, run });
  const first = runs[0];
  if (first) saveCommand(turn, executor, first.run);
}

function runOf(
  turn: Turn,
  executor: ExecutorState,
  { task, members }: { task: TaskInfo; members: string[] },
): CommandRun {
  const containerId = turn.state.random.uuid();
  const sandbox = nestedSandboxPath(executor.directory, containerId);
  const user = userOf(turn, executor, task);
  const { logRotation } = turn.state.options;
  const outputVariables = logRotation && rotationVariables(logRotation, task.command?.environment);
  return commandOf(task, {
    containerId,
    sandbox,
    environment: nestedEnvironment(turn.state, { sandbox, task }),
    ...(user !== undefined && { user }),
    group: members,
    ...(outputVariables !== undefined && outputVariables.length > 0 && { outputVariables }),
  });
}

function launchMember(
  turn: Turn,
  executor: ExecutorState,
  { task, run }: { task: TaskInfo; run: CommandRun },
): void {
  const sandbox = nestedSandboxPath(executor.directory, run.containerId);
  const user = userOf(turn, executor, task);
  const parentContainer = containerInfoOf(executor.info, turn.state.options);
  emit(turn, {
    type: "launchContainer",
    frameworkId: executor.frameworkId,
    executorId: executor.id,
    containerId: run.containerId,
    sandbox,
    ...(user !== undefined && { user }),
    command: task.command ?? {},
    uris: task.command?.uris ?? [],
    environment: nestedEnvironment(turn.state, { sandbox, task }),
    resources: task.resources ?? [],
    ...(task.limits && { limits: limitsOf(task) }),
    ...(task.container && { container: task.container }),
    survivesAgent: executor.checkpoint,
    nested: {
      parentContainerId: executor.containerId,
      parentSandbox: executor.directory,
      around: containerAmounts(turn.state.options, executor),
      ...(parentContainer && { parentContainer }),
      taskId: run.taskId,
    },
  });
}

function userOf(turn: Turn, executor: ExecutorState, task: TaskInfo): string | undefined {
  return turn.state.options.switchUser ? (task.command?.user ?? executor.user) : undefined;
}
