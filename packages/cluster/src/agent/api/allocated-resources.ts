// What an agent has given away.
import { applyCheckpointedResources, sumResources, type Resource } from "@mezzo/wire";
import type { AgentState, ExecutorState } from "../state.ts";

/** An executor's own resources and those of its tasks that are not over (`Executor::allocatedResources` of Mesos). */
export function executorResources(executor: ExecutorState): Resource[] {
  return sumResources([
    executor.info.resources ?? [],
    ...[...executor.queuedTasks.values()].map((task) => task.resources ?? []),
    ...[...executor.launchedTasks.values()].map((task) => task.resources ?? []),
  ]);
}

/** The same of all executors. */
export function allocatedResources(state: AgentState): Resource[] {
  const executors = [...state.frameworks.values()].flatMap(({ executors }) => [...executors.values()]);
  return sumResources(executors.map(executorResources));
}

/** What the agent has to give: the flags' resources with reservations and volumes made since. */
export function totalResources({ info, checkpointedResources }: AgentState): readonly Resource[] {
  const resources = info.resources ?? [];
  if (checkpointedResources.length === 0) return resources;
  const total = applyCheckpointedResources(resources, checkpointedResources);
  // The agent refuses to start, and to checkpoint, what does not fit.
  return total.ok ? total.value : resources;
}
