// What a launch is decided on.
import {
  type ContainerInfo,
  type LaunchContext as LaunchFacts,
  type Resource,
  type Task,
  isShared,
} from "@mezzo/wire";
import type { Agent } from "../../agent.ts";
import type { Framework } from "../../framework.ts";

/** The parties of a launch and what is left of the accepted offers. */
export interface LaunchContext {
  framework: Framework;
  agent: Agent;
  available: readonly Resource[];
  /** Shared volumes of the offers: any number of tasks may use them, whatever of them is still `available`. */
  shared: readonly Resource[];
}

/** The tasks of an executor on the agent, unreachable ones included. */
function* tasksUnder({ framework, agent }: LaunchContext, executorId: string): Iterable<Task> {
  for (const task of agent.tasks.get(framework.id)?.values() ?? []) {
    if (task.executor_id?.value === executorId) yield task;
  }
  for (const task of framework.unreachableTasks.values()) {
    if (task.agent_id.value === agent.id && task.executor_id?.value === executorId) yield task;
  }
}

/** The same as the validation rules see it. */
export function launchFacts(context: LaunchContext): LaunchFacts {
  const { framework, agent, available, shared } = context;
  return {
    frameworkId: framework.id,
    agentId: agent.id,
    canLimitTasks: agent.capabilities.has("TASK_RESOURCE_LIMITS"),
    offered:
      shared.length === 0 ? available : [...available.filter((resource) => !isShared(resource)), ...shared],
    hasTask: (id) => framework.tasks.has(id),
    hasUnreachableTask: (id) => framework.unreachableTasks.has(id),
    findExecutor: (id) => agent.executors.get(framework.id)?.get(id),
    *containersUnder(id): Iterable<ContainerInfo | undefined> {
      for (const task of tasksUnder(context, id)) yield task.container;
    },
  };
}
