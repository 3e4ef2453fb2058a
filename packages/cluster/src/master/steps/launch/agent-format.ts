// What an agent is told with a launch, in the form that it understands.
import { type ExecutorInfo, type ResourceVersionUUID, type TaskInfo, downgradeResources } from "@mezzo/wire";
import type { Agent } from "../../agent.ts";

/** An executor, in the older reservation format for agents without RESERVATION_REFINEMENT. */
export function executorFor(agent: Agent, executor: ExecutorInfo): ExecutorInfo {
  if (agent.capabilities.has("RESERVATION_REFINEMENT") || executor.resources === undefined) return executor;
  return { ...executor, resources: downgradeResources(executor.resources) };
}

/** A task, likewise. */
export function taskFor(agent: Agent, task: TaskInfo): TaskInfo {
  if (agent.capabilities.has("RESERVATION_REFINEMENT")) return task;
  return {
    ...task,
    ...(task.resources === undefined ? {} : { resources: downgradeResources(task.resources) }),
    ...(task.executor === undefined ? {} : { executor: executorFor(agent, task.executor) }),
  };
}

/** The versions of the resources that the launch was decided on. */
export function resourceVersionsOf(agent: Agent): ResourceVersionUUID[] {
  const versions: ResourceVersionUUID[] = [];
  if (agent.resourceVersion !== undefined) versions.push({ uuid: { value: agent.resourceVersion } });
  for (const [id, provider] of agent.resourceProviders) {
    versions.push({ resource_provider_id: { value: id }, uuid: { value: provider.resourceVersion } });
  }
  return versions;
}
