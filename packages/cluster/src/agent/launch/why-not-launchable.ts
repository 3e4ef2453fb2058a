// Rules a launch must keep before anything is changed for it.
import type { Resource, TaskInfo, TaskStatusReason } from "@mezzo/wire";
import { containsResources, needsCheckpointing, unallocateResources } from "@mezzo/wire";
import type { AgentState } from "../state.ts";
import type { LaunchRequest } from "./launch-request.ts";

/** Why tasks are dropped: what their status says. */
export interface LaunchRefusal {
  /** TASK_DROPPED unless it says otherwise. */
  state?: "TASK_ERROR";
  reason: TaskStatusReason;
  message: string;
  /** The status names no executor. */
  withoutExecutor?: boolean;
}

/** The first rule that the request breaks, in Mesos' words, or undefined. */
export function whyNotLaunchable(state: AgentState, request: LaunchRequest): LaunchRefusal | undefined {
  const denied = request.tasks.find((task) => !mayRun(state, request, task));
  if (denied !== undefined) {
    const isGroup = request.group !== undefined;
    return {
      state: "TASK_ERROR",
      reason: isGroup ? "REASON_TASK_GROUP_UNAUTHORIZED" : "REASON_TASK_UNAUTHORIZED",
      message: `Framework ${request.framework.id.value} is not authorized to launch task ${denied.task_id.value}`,
      withoutExecutor: true,
    };
  }
  const limits = whyLimitsRefused(state, request);
  if (limits !== undefined) {
    // Mesos gives the reason of another failure here, and frameworks have seen no other.
    return { reason: "REASON_GC_ERROR", message: limits, withoutExecutor: true };
  }
  if (state.drainConfig !== undefined) {
    return {
      reason: "REASON_AGENT_DRAINING",
      message: "Task was received while agent was already draining",
    };
  }
  if (isOutdated(state, request)) {
    return { reason: "REASON_INVALID_OFFERS", message: "Task assumes outdated resource state" };
  }
  if (request.tasks.some(({ resources }) => usesUnknown(state, resources))) {
    return {
      reason: "REASON_RESOURCES_UNKNOWN",
      message: "The checkpointed resources being used by the task or task group are unknown to the agent",
    };
  }
  if (usesUnknown(state, request.executor.resources)) {
    return {
      reason: "REASON_RESOURCES_UNKNOWN",
      message: "The checkpointed resources being used by the executor are unknown to the agent",
    };
  }
  if (request.executor.type === "DEFAULT" && request.group === undefined) {
    return { reason: "REASON_TASK_INVALID", message: "The default executor runs task groups only" };
  }
  return undefined;
}

/** The agent asks again what the master has asked: its own rules may be stricter. */
function mayRun({ authorizer }: AgentState, { framework }: LaunchRequest, task: TaskInfo): boolean {
  const user = task.command?.user ?? task.executor?.command?.user ?? framework.user;
  return authorizer === undefined || authorizer.approves(framework.principal, "RUN_TASK", user);
}

/** Limits above requests need an isolator that enforces them (`Slave::validateResourceLimitsAndIsolators`). */
function whyLimitsRefused(state: AgentState, { tasks }: LaunchRequest): string | undefined {
  const { isolation } = state.options;
  const lacks = (isolator: string): boolean =>
    !isolation.includes(isolator) && !isolation.includes("cgroups/all");
  for (const { container, limits = {} } of tasks) {
    if (container?.type === "DOCKER") continue;
    if (limits["cpus"] && lacks("cgroups/cpu")) {
      return "CPU limits can only be set on tasks launched in Mesos containers when the agent has loaded the 'cgroups/cpu' isolator";
    }
    if (limits["mem"] && lacks("cgroups/mem")) {
      return "Memory limits can only be set on tasks launched in Mesos containers when the agent has loaded the 'cgroups/mem' isolator";
    }
  }
  return undefined;
}

/** The master offered resources that have changed since. */
function isOutdated(state: AgentState, { resourceVersions }: LaunchRequest): boolean {
  const own = resourceVersions.find(({ resource_provider_id }) => resource_provider_id === undefined);
  return own !== undefined && own.uuid.value !== state.resourceVersion;
}

/** A reservation or volume of which the agent was never told: its message was lost or comes later. */
function usesUnknown(state: AgentState, resources: Resource[] = []): boolean {
  return unallocateResources(resources)
    .filter(needsCheckpointing)
    .some((resource) => !containsResources(state.checkpointedResources, [resource]));
}
