// An executor connects, for the first time or again (`Slave::subscribe` of Mesos).
import type { ExecutorCall, TaskInfo } from "@mezzo/wire";
import { updateContainer } from "../executor/container-amounts.ts";
import { deliverQueuedTasks } from "../executor/deliver-queued-tasks.ts";
import { everSentTask } from "../executor/ever-sent-task.ts";
import { EXECUTOR_HEARTBEAT_MS } from "../executor/heartbeat.ts";
import { sendToExecutor } from "../executor/executor-events.ts";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import { finishRecoveryWhenAllBack } from "../recovery/finish-when-all-back.ts";
import { runPathOf } from "../identity.ts";
import { findExecutor } from "../lookup.ts";
import type { ExecutorState, FrameworkState } from "../state.ts";
import { partitionAwareState } from "../task/task-states.ts";
import { createAgentUpdate, createExecutorUpdate } from "../updates/create-update.ts";
import { handleUpdate } from "../updates/handle-update.ts";
import { emit, note, refuse, type Turn } from "../turn.ts";

/** Takes the connection, then what the executor holds unacknowledged, then delivers what waits for it. */
export function executorSubscribed(
  turn: Turn,
  { connectionId, call, driverPid }: { connectionId: string; call: ExecutorCall; driverPid?: string },
): void {
  const { state } = turn;
  const of = { frameworkId: call.framework_id.value, executorId: call.executor_id.value };
  const framework = state.frameworks.get(of.frameworkId);
  const executor = findExecutor(state, of);
  const ending =
    state.phase === "TERMINATING" ||
    framework?.phase === "TERMINATING" ||
    executor?.phase === "TERMINATING" ||
    executor?.phase === "TERMINATED";
  if (framework === undefined || executor === undefined || ending) {
    refuse(turn, "Shutting down an executor that subscribed too late", of);
    emit(turn, { type: "executorEvent", connectionId, event: { type: "SHUTDOWN" } });
    emit(turn, { type: "closeExecutor", connectionId });
    return;
  }
  connect(turn, executor, { connectionId, driverPid });
  greet(turn, { framework, executor, call });
  finishRecoveryWhenAllBack(turn);
}

/** What the executor holds unacknowledged comes first, so that nothing is delivered to it twice. */
function greet(
  turn: Turn,
  of: { framework: FrameworkState; executor: ExecutorState; call: ExecutorCall },
): void {
  const { framework, executor, call } = of;
  for (const { status } of call.subscribe?.unacknowledged_updates ?? []) {
    handleUpdate(turn, createExecutorUpdate(turn, framework.id, status), "executor");
  }
  dropUndelivered(turn, { framework, executor, known: call.subscribe?.unacknowledged_tasks ?? [] });
  if (!everSentTask(executor) && executor.queuedTasks.size === 0) {
    shutDownExecutor(turn, executor);
    return;
  }
  sendToExecutor(turn, executor, {
    type: "SUBSCRIBED",
    subscribed: {
      executor_info: executor.info,
      framework_info: framework.info,
      agent_info: turn.state.info,
      container_id: { value: executor.containerId },
    },
  });
  updateContainer(turn, executor);
  deliverQueuedTasks(turn, executor);
}

function connect(
  turn: Turn,
  executor: ExecutorState,
  { connectionId, driverPid }: { connectionId: string; driverPid: string | undefined },
): void {
  const at = runPathOf(turn.state, executor);
  note(turn, "info", { message: "An executor subscribed", facts: { executorId: executor.id } });
  if (executor.connectionId !== undefined) {
    emit(turn, { type: "closeExecutor", connectionId: executor.connectionId });
  }
  executor.connectionId = connectionId;
  executor.phase = "RUNNING";
  emit(turn, { type: "cancelTimer", timer: { name: "executorRegistration", ...at } });
  emit(turn, {
    type: "setTimer",
    timer: { name: "executorHeartbeat", ...at },
    delayMs: EXECUTOR_HEARTBEAT_MS,
  });
  if (!executor.checkpoint) return;
  emit(turn, {
    type: "checkpoint",
    record:
      driverPid === undefined ? { kind: "httpMarker", at } : { kind: "libprocessPid", at, pid: driverPid },
  });
}

/** A task given to the executor that it never saw: the agent died in between. */
function dropUndelivered(
  turn: Turn,
  of: { framework: FrameworkState; executor: ExecutorState; known: TaskInfo[] },
): void {
  const known = new Set(of.known.map((task) => task.task_id.value));
  for (const task of of.executor.launchedTasks.values()) {
    if (task.state !== "TASK_STAGING" || known.has(task.task_id.value)) continue;
    const update = createAgentUpdate(turn, {
      frameworkId: of.framework.id,
      taskId: task.task_id.value,
      executorId: of.executor.id,
      state: partitionAwareState(of.framework.info, "TASK_DROPPED"),
      reason: "REASON_AGENT_RESTARTED",
      message: "Task launched during agent restart",
    });
    handleUpdate(turn, update, "agent");
  }
}
