// Launches tasks: on a running executor, behind a starting one, or with a new one (`Slave::run` to `__run` of Mesos).
import { addExecutor } from "../executor/add-executor.ts";
import { updateContainer } from "../executor/container-amounts.ts";
import { deliverQueuedTasks } from "../executor/deliver-queued-tasks.ts";
import { removeFrameworkIfIdle } from "../executor/remove-framework.ts";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import { sendExited } from "../executor/terminate-executor.ts";
import { launchGroups } from "../group/launch-group.ts";
import { agentIdOf, runPathOf } from "../identity.ts";
import type { ExecutorState, FrameworkState } from "../state.ts";
import { enqueueTasks } from "../task/queue-tasks.ts";
import { taskFromInfo } from "../task/task-from-info.ts";
import { emit, refuse, type Turn } from "../turn.ts";
import { dropTasks } from "./drop-tasks.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { whyNotLaunchable, type LaunchRefusal } from "./why-not-launchable.ts";

/** Launches the tasks or reports why not. */
export function launchTasks(turn: Turn, request: LaunchRequest): void {
  const { state } = turn;
  const agentId = state.info.id?.value;
  const stray = request.tasks.find((task) => task.agent_id.value !== agentId);
  if (stray) return refuse(turn, "Ignoring a task meant for another agent", { taskId: stray.task_id.value });
  // Mesos takes tasks while it is disconnected. They may have been held up by a partition, and the master may have given
  // their resources to others since: the registration that follows tells it that they are not here.
  if (state.phase !== "RUNNING") return refuse(turn, "Ignoring a task", { phase: state.phase });
  const framework = frameworkFor(turn, request);
  if (framework.phase === "TERMINATING") {
    refuse(turn, "Ignoring a task: its framework is terminating", { frameworkId: framework.id });
    if (request.launchExecutor) sendExited(turn, executorOf(request));
    return;
  }
  const refusal = whyNotLaunchable(state, request);
  if (refusal !== undefined) {
    dropTasks(turn, request, refusal);
    if (request.launchExecutor) sendExited(turn, executorOf(request));
    return removeFrameworkIfIdle(turn, framework);
  }
  const existing = framework.executors.get(request.executor.executor_id.value);
  const conflict = whyConflicting(request, existing);
  if (conflict !== undefined) {
    dropTasks(turn, request, conflict);
    if (existing && !request.generated && request.launchExecutor) settleExisting(turn, existing);
    return removeFrameworkIfIdle(turn, framework);
  }
  const { executor: info, generated, tasks } = request;
  const executor = existing ?? addExecutor(turn, framework, { info, generated, tasks });
  hand(turn, executor, request);
}

/** The framework, added and written down when it is new here. */
function frameworkFor(turn: Turn, { framework: info, pid }: LaunchRequest): FrameworkState {
  const { state } = turn;
  const known = state.frameworks.get(info.id.value);
  if (known) return known;
  const framework: FrameworkState = {
    id: info.id.value,
    info,
    ...(pid !== undefined && { pid }),
    phase: "RUNNING",
    executors: new Map(),
    completedExecutors: [],
  };
  // A framework that comes back brings its history along.
  const completed = state.completedFrameworks.find(({ id }) => id === framework.id);
  if (completed) {
    framework.completedExecutors = completed.completedExecutors;
    state.completedFrameworks = state.completedFrameworks.filter((one) => one !== completed);
  }
  state.frameworks.set(framework.id, framework);
  if (info.checkpoint) {
    const at = { agentId: agentIdOf(state).value, frameworkId: framework.id };
    emit(turn, { type: "checkpoint", record: { kind: "framework", ...at, info, pid: pid ?? "" } });
  }
  return framework;
}

/** Whether what the master believes about the executor agrees with what is here. */
function whyConflicting(
  request: LaunchRequest,
  existing: ExecutorState | undefined,
): LaunchRefusal | undefined {
  if (request.launchExecutor === undefined) return undefined;
  if (request.generated) {
    if (existing === undefined) return undefined;
    const message = "Cannot reuse an already existing executor for a command task";
    return { reason: "REASON_TASK_INVALID", message };
  }
  if (request.launchExecutor && existing) {
    const message = "Master wants to launch executor, but one already exists";
    return { reason: "REASON_EXECUTOR_TERMINATED", message };
  }
  if (request.launchExecutor || existing) return undefined;
  const message = "No executor is expected to launch and there is none running";
  return { reason: "REASON_EXECUTOR_TERMINATED", message };
}

/** The master does not know of this executor any more: it is told, or the executor goes. */
function settleExisting(turn: Turn, executor: ExecutorState): void {
  if (executor.phase === "TERMINATED") sendExited(turn, executor);
  else if (executor.phase !== "TERMINATING") shutDownExecutor(turn, executor);
}

function hand(turn: Turn, executor: ExecutorState, request: LaunchRequest): void {
  if (executor.phase === "TERMINATING" || executor.phase === "TERMINATED") {
    const message = `Executor ${executor.phase === "TERMINATING" ? "terminating" : "terminated"}`;
    return dropTasks(turn, request, { reason: "REASON_EXECUTOR_TERMINATED", message });
  }
  if (executor.checkpoint) {
    for (const info of request.tasks) {
      const at = { ...runPathOf(turn.state, executor), taskId: info.task_id.value };
      const task = taskFromInfo(info, { frameworkId: executor.frameworkId, state: "TASK_STAGING" });
      emit(turn, { type: "checkpoint", record: { kind: "task", at, task } });
    }
  }
  enqueueTasks(executor, request);
  if (executor.phase !== "RUNNING") return;
  updateContainer(turn, executor);
  if (executor.group) launchGroups(turn, executor, executor.group);
  else if (executor.command === undefined) deliverQueuedTasks(turn, executor);
}

function executorOf(request: LaunchRequest): { frameworkId: string; id: string } {
  return { frameworkId: request.framework.id.value, id: request.executor.executor_id.value };
}
