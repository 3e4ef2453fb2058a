// Every status update passes here, whether an executor sent it or the agent made it (`Slave::statusUpdate` of Mesos).
import type { ContainerStatus, StatusUpdate } from "@mezzo/wire";
import { updateContainer } from "../executor/container-amounts.ts";
import { acknowledgeToExecutor } from "../executor/executor-events.ts";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import { agentIdOf } from "../identity.ts";
import { executorOfTask } from "../lookup.ts";
import type { AgentState, ExecutorState, FrameworkState } from "../state.ts";
import { hasCapability, isTerminalState } from "../task/task-states.ts";
import { updateTaskState } from "../task/update-task-state.ts";
import { refuse, type Turn } from "../turn.ts";
import { enqueueUpdate } from "./stream.ts";

/** Checks, completes, records and forwards an update, and acknowledges it to the executor that sent it. */
export function handleUpdate(turn: Turn, received: StatusUpdate, origin: "agent" | "executor"): void {
  const { state } = turn;
  const framework = state.frameworks.get(received.framework_id.value);
  const refusal = whyInvalid(state, received, framework);
  if (refusal !== undefined || framework === undefined) {
    state.counters.invalid_status_updates += 1;
    const taskId = received.status.task_id.value;
    refuse(turn, "Ignoring a status update", { taskId, state: received.status.state, reason: refusal });
    return;
  }
  state.counters.valid_status_updates += 1;
  const named = withIds(drained(state, received, framework), origin);
  const executor = executorOfTask(framework, named.status.task_id.value);
  if (executor === undefined) {
    enqueueUpdate(turn, named);
    return;
  }
  if (origin === "executor" && named.status.state === "TASK_STAGING") {
    refuse(turn, "Shutting down an executor that sent TASK_STAGING", { executorId: executor.id });
    shutDownExecutor(turn, executor);
    return;
  }
  const update = reachedExecutor(executor, named, origin) ? withContainer(state, executor, named) : named;
  const failed = updateTaskState(state, executor, update.status);
  if (failed === undefined) {
    if (isTerminalState(update.status.state)) updateContainer(turn, executor);
    enqueueUpdate(turn, update, executor);
  } else
    refuse(turn, "Cannot apply a status update", { taskId: update.status.task_id.value, reason: failed });
  if (origin === "executor") acknowledgeToExecutor(turn, executor, update);
}

function whyInvalid(
  state: AgentState,
  update: StatusUpdate,
  framework: FrameworkState | undefined,
): string | undefined {
  if (update.uuid === undefined) return "it has no uuid";
  const agentId = agentIdOf(state).value;
  if (update.agent_id?.value !== agentId || update.status.agent_id?.value !== agentId) {
    return "it names another agent";
  }
  if (framework === undefined) return "its framework is unknown";
  // A terminating framework acknowledges nothing.
  return framework.phase === "TERMINATING" ? "its framework is terminating" : undefined;
}

/** While the agent drains, a kill is reported as the drain's doing. */
function drained(state: AgentState, update: StatusUpdate, framework: FrameworkState): StatusUpdate {
  const { status } = update;
  if (state.drainConfig === undefined) return update;
  if (status.state !== "TASK_KILLING" && status.state !== "TASK_KILLED") return update;
  const gone = state.drainConfig.mark_gone === true && hasCapability(framework.info, "PARTITION_AWARE");
  return {
    ...update,
    status: {
      ...status,
      reason: "REASON_AGENT_DRAINING",
      state: gone ? "TASK_GONE_BY_OPERATOR" : status.state,
    },
  };
}

function withIds(update: StatusUpdate, origin: "agent" | "executor"): StatusUpdate {
  const status = {
    ...update.status,
    source: origin === "agent" ? "SOURCE_AGENT" : "SOURCE_EXECUTOR",
  } as const;
  return {
    ...update,
    status: {
      ...status,
      ...(update.uuid !== undefined && { uuid: update.uuid }),
      ...(update.executor_id && { executor_id: update.executor_id }),
    },
  };
}

/** Tasks that never left the agent have no container to speak of. */
function reachedExecutor(
  executor: ExecutorState,
  { status }: StatusUpdate,
  origin: "agent" | "executor",
): boolean {
  if (executor.queuedTasks.has(status.task_id.value)) return false;
  const dropped = status.state === "TASK_DROPPED" || status.state === "TASK_LOST";
  if (origin === "agent" && dropped) return false;
  return executor.phase !== "TERMINATED" && (executor.pid ?? executor.connectionId) !== undefined;
}

function withContainer(state: AgentState, executor: ExecutorState, update: StatusUpdate): StatusUpdate {
  const given = update.status.container_status ?? {};
  const nested = given.container_id !== undefined && given.container_id.value !== executor.containerId;
  const container: ContainerStatus = {
    container_id: { value: executor.containerId },
    ...(executor.pid !== undefined && !nested && { executor_pid: executor.pid }),
    ...given,
  };
  if ((container.network_infos ?? []).length === 0) {
    container.network_infos = executor.networkInfos ?? [
      { ip_addresses: [{ protocol: "IPv4", ip_address: ipOf(state.pid) }] },
    ];
  }
  return { ...update, status: { ...update.status, container_status: container } };
}

function ipOf(pid: string): string {
  return pid.slice(pid.indexOf("@") + 1, pid.lastIndexOf(":"));
}
