// Brings a checkpointed framework back with its executors, tasks and unacknowledged updates.
import type { RecoveredExecutor, RecoveredFramework, RecoveredTask } from "../checkpoint/recovered.ts";
import { collectOld } from "../executor/collect.ts";
import { rememberRun } from "../executor/ended-runs.ts";
import { driverPid } from "../driver-pid.ts";
import { agentIdOf } from "../identity.ts";
import { executorPath, executorRunPath, frameworkPath, metaDirOf, taskPath } from "../sandbox/paths.ts";
import type { ExecutorState, FrameworkState, UpdateStream } from "../state.ts";
import { MAX_COMPLETED_FRAMEWORKS } from "../state.ts";
import { isTerminalState } from "../task/task-states.ts";
import { updateTaskState } from "../task/update-task-state.ts";
import { streamKey, UPDATE_RETRY_MIN_MS } from "../updates/stream.ts";
import { emit, note, type Turn } from "../turn.ts";
import { recoverCommands } from "./recover-commands.ts";

/**
 * Adds the framework; one without executors left only has its directories removed. Executors that are `isLost` are only
 * there to be ended.
 */
export function recoverFramework(
  turn: Turn,
  recovered: RecoveredFramework,
  { rebooted }: { rebooted: boolean },
): void {
  const { state } = turn;
  const id = recovered.info.id?.value ?? "";
  const { workDir } = state.options;
  const of = { agentId: agentIdOf(state).value, frameworkId: id };
  if (recovered.executors.length === 0) {
    collectOld(turn, [frameworkPath(workDir, of), frameworkPath(metaDirOf(workDir), of)]);
    return;
  }
  note(turn, "info", { message: "Recovering a framework", facts: { frameworkId: id } });
  const pid = driverPid(recovered.pid);
  const framework: FrameworkState = {
    id,
    info: recovered.info,
    ...(pid !== undefined && { pid }),
    phase: "RUNNING",
    executors: new Map(),
    completedExecutors: [],
  };
  state.frameworks.set(id, framework);
  const restored = recovered.executors.map((executor) => ({
    executor: restoreExecutor(turn, framework, executor),
    recovered: executor,
  }));
  // Only when all are there: one that has nothing left ends at once, and a framework with no other would be over.
  for (const one of restored) if (!one.recovered.completed) resumeExecutor(turn, one, { rebooted });
  if (framework.executors.size > 0 || !state.frameworks.has(id)) return;
  state.frameworks.delete(id);
  state.completedFrameworks = [...state.completedFrameworks, framework].slice(-MAX_COMPLETED_FRAMEWORKS);
  collectOld(turn, [frameworkPath(workDir, of), frameworkPath(metaDirOf(workDir), of)]);
}

/** Adds the executor with its tasks and their updates; one that had ended goes to the completed ones. */
function restoreExecutor(turn: Turn, framework: FrameworkState, recovered: RecoveredExecutor): ExecutorState {
  const { state } = turn;
  const { info, containerId, generated } = recovered;
  const at = {
    agentId: agentIdOf(state).value,
    frameworkId: framework.id,
    executorId: info.executor_id.value,
    containerId,
  };
  const user = state.options.switchUser ? (info.command?.user ?? framework.info.user) : undefined;
  const executor: ExecutorState = {
    id: at.executorId,
    frameworkId: framework.id,
    info,
    containerId,
    directory: executorRunPath(state.options.workDir, at),
    ...(user !== undefined && { user }),
    checkpoint: true,
    generated,
    phase: "REGISTERING",
    ...(recovered.pid !== undefined && { pid: recovered.pid }),
    queuedTasks: new Map(),
    queuedTaskGroups: [],
    launchedTasks: new Map(),
    terminatedTasks: new Map(),
    completedTasks: [],
    launchedAt: turn.now,
    shutdownSent: false,
  };
  for (const task of recovered.tasks) recoverTask(turn, executor, task);
  for (const run of recovered.earlierRuns) {
    rememberRun(state, framework, { id: at.executorId, info, containerId: run });
  }
  const roots = [state.options.workDir, metaDirOf(state.options.workDir)];
  collectOld(turn, [
    ...recovered.earlierRuns.flatMap((run) =>
      roots.map((root) => executorRunPath(root, { ...at, containerId: run })),
    ),
    ...(recovered.completed || generated ? [] : executor.completedTasks).map(({ task_id }) =>
      taskPath(metaDirOf(state.options.workDir), { ...at, taskId: task_id.value }),
    ),
  ]);
  if (!recovered.completed) {
    framework.executors.set(executor.id, executor);
    recoverStreams(turn, executor, recovered.tasks);
    return executor;
  }
  state.counters.executors_terminated += 1;
  executor.phase = "TERMINATED";
  for (const [taskId, task] of executor.launchedTasks) executor.terminatedTasks.set(taskId, task);
  executor.launchedTasks.clear();
  rememberRun(state, framework, executor);
  framework.completedExecutors.push(executor);
  if (framework.completedExecutors.length > state.options.maxCompletedExecutorsPerFramework) {
    framework.completedExecutors.shift();
  }
  collectOld(
    turn,
    roots.flatMap((root) => [executorRunPath(root, at), executorPath(root, at)]),
  );
  return executor;
}

/** Goes on with what it did. */
function resumeExecutor(
  turn: Turn,
  { executor, recovered }: { executor: ExecutorState; recovered: RecoveredExecutor },
  { rebooted }: { rebooted: boolean },
): void {
  if (isLost(executor, { rebooted })) return;
  recoverCommands(turn, executor, recovered);
  // Others connect by themselves; one on the older driver waits to be asked.
  const { driverPid: to } = recovered;
  if (to === undefined || turn.state.options.recover === "cleanup") return;
  const body = { agent_id: agentIdOf(turn.state) };
  emit(turn, { type: "send", to, name: "ReconnectExecutorMessage", body });
}

/**
 * Whether no container can be there: after a reboot, or when the agent died before it knew a process, while URIs were
 * fetched, say. The default executor has none of its own.
 */
export function isLost(executor: ExecutorState, { rebooted }: { rebooted: boolean }): boolean {
  return rebooted || (executor.pid === undefined && executor.info.type !== "DEFAULT");
}

function recoverTask(turn: Turn, executor: ExecutorState, recovered: RecoveredTask): void {
  const { task, updates, acknowledged } = recovered;
  const taskId = task.task_id.value;
  executor.launchedTasks.set(taskId, task);
  for (const update of updates) {
    if (updateTaskState(turn.state, executor, update.status) !== undefined) continue;
    if (!isTerminalState(update.status.state)) continue;
    const ended = executor.terminatedTasks.get(taskId);
    if (ended && update.uuid !== undefined && acknowledged.has(update.uuid)) {
      executor.terminatedTasks.delete(taskId);
      executor.completedTasks.push(ended);
    }
    break;
  }
}

function recoverStreams(turn: Turn, executor: ExecutorState, tasks: RecoveredTask[]): void {
  for (const { task, updates, acknowledged } of tasks) {
    const ended = updates.some(
      ({ status, uuid = "" }) => isTerminalState(status.state) && acknowledged.has(uuid),
    );
    if (updates.length === 0 || ended) continue;
    const taskId = task.task_id.value;
    const stream: UpdateStream = {
      frameworkId: executor.frameworkId,
      taskId,
      executorId: executor.id,
      containerId: executor.containerId,
      pending: updates.filter(({ uuid = "" }) => !acknowledged.has(uuid)),
      received: new Set(updates.map(({ uuid = "" }) => uuid)),
      acknowledged: new Set(acknowledged),
      terminated: false,
      retryMs: UPDATE_RETRY_MIN_MS,
    };
    turn.state.streams.set(streamKey(executor.frameworkId, taskId), stream);
  }
}
