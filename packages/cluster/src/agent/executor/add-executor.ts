// A new executor with its first run: its state, its checkpoints, its container.
import type { ExecutorInfo, TaskInfo } from "@mezzo/wire";
import { addResources } from "@mezzo/wire";
import { agentIdOf } from "../identity.ts";
import { executorPath, executorRunPath, frameworkPath, metaDirOf } from "../sandbox/paths.ts";
import type { ExecutorState, FrameworkState } from "../state.ts";
import { emit, note, type Turn } from "../turn.ts";
import { firstProbes } from "../checks/probe-effect.ts";
import { commandOf, hasOwnFacts } from "../command/command-of.ts";
import type { CommandRun } from "../command/command-run.ts";
import { executorLimits } from "../task/limits-of.ts";
import { saveCommand } from "../command/save-command.ts";
import { containerInfoOf } from "./container-info-of.ts";
import { executorEnvironment } from "./executor-environment.ts";

/** What to launch: the executor with the tasks that asked for it. `command`: the agent runs that task itself. */
export interface NewExecutor {
  info: ExecutorInfo;
  generated: boolean;
  tasks: TaskInfo[];
}

/** Adds the executor to the framework and has its container launched. */
export function addExecutor(turn: Turn, framework: FrameworkState, launch: NewExecutor): ExecutorState {
  const { state } = turn;
  const { info, generated } = launch;
  const at = {
    agentId: agentIdOf(state).value,
    frameworkId: framework.id,
    executorId: info.executor_id.value,
    containerId: state.random.uuid(),
  };
  const user = state.options.switchUser ? (info.command?.user ?? framework.info.user) : undefined;
  const task = generated ? launch.tasks[0] : undefined;
  const executor: ExecutorState = {
    id: at.executorId,
    frameworkId: at.frameworkId,
    info,
    containerId: at.containerId,
    directory: executorRunPath(state.options.workDir, at),
    ...(user !== undefined && { user }),
    checkpoint: framework.info.checkpoint ?? false,
    generated,
    phase: "REGISTERING",
    ...(info.type === "DEFAULT" && { group: { runs: new Map(), unhealthy: false } }),
    queuedTasks: new Map(),
    queuedTaskGroups: [],
    launchedTasks: new Map(),
    terminatedTasks: new Map(),
    completedTasks: [],
    launchedAt: turn.now,
    shutdownSent: false,
  };
  framework.executors.set(executor.id, executor);
  if (task !== undefined) executor.command = commandFor(turn, executor, task);
  if (executor.checkpoint) {
    emit(turn, { type: "checkpoint", record: { kind: "executor", at, info, generated } });
    emit(turn, { type: "checkpoint", record: { kind: "run", at } });
    if (executor.command && hasOwnFacts(executor.command)) saveCommand(turn, executor, executor.command);
  }
  const roots = [state.options.workDir, metaDirOf(state.options.workDir)];
  const paths = roots.flatMap((root) => [frameworkPath(root, at), executorPath(root, at)]);
  emit(turn, { type: "keepDirectories", paths });
  if (executor.group) prepareSandbox(turn, executor);
  else launchContainer(turn, executor, launch);
  const timer = { name: "executorRegistration", ...pathOf(executor) } as const;
  emit(turn, { type: "setTimer", timer, delayMs: state.options.executorRegistrationTimeout });
  return executor;
}

function commandFor(turn: Turn, executor: ExecutorState, task: TaskInfo): CommandRun {
  return commandOf(task, {
    containerId: executor.containerId,
    sandbox: executor.directory,
    environment: executorEnvironment(turn.state, executor, task),
    ...(executor.user !== undefined && { user: executor.user }),
  });
}

/** What timers and effects about the executor's container carry. */
function pathOf(executor: ExecutorState): { frameworkId: string; executorId: string; containerId: string } {
  return { frameworkId: executor.frameworkId, executorId: executor.id, containerId: executor.containerId };
}

/** The built-in default executor has no process, but its tasks share its sandbox. */
function prepareSandbox(turn: Turn, executor: ExecutorState): void {
  const { directory: sandbox, user } = executor;
  emit(turn, {
    type: "prepareSandbox",
    ...pathOf(executor),
    sandbox,
    uris: executor.info.command?.uris ?? [],
    ...(user !== undefined && { user }),
  });
}

function launchContainer(turn: Turn, executor: ExecutorState, launch: NewExecutor): void {
  const { options } = turn.state;
  const { frameworkId, id: executorId, containerId, user } = executor;
  const task = executor.command === undefined ? undefined : launch.tasks[0];
  const container = containerInfoOf(launch.info, options);
  const command = task?.command ?? launch.info.command ?? {};
  const tries = firstProbes(executor, executor.command);
  // Docker's command tasks are alone in their container: in Mesos their executor is beside it.
  const beside = task !== undefined && container?.type === "DOCKER";
  const { resources: overhead = [] } = beside ? {} : launch.info;
  const limits = executorLimits({ resources: overhead }, launch.tasks, {
    enableCfs: options.cgroupsEnableCfs,
  });
  note(turn, "info", { message: "Launching a container", facts: { frameworkId, executorId, containerId } });
  emit(turn, {
    type: "launchContainer",
    frameworkId,
    executorId,
    containerId,
    sandbox: executor.directory,
    ...(user !== undefined && { user }),
    command,
    uris: command.uris ?? [],
    environment: executorEnvironment(turn.state, executor, task),
    ...(limits && { limits }),
    resources: launch.tasks.reduce((sum, { resources }) => addResources(sum, resources ?? []), overhead),
    ...(container && { container }),
    survivesAgent: executor.checkpoint,
    ...(task && { isTask: true }),
    ...(tries.length > 0 && { firstProbes: tries }),
  });
}
