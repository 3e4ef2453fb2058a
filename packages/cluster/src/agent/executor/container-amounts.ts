// What an executor's container may use: what it and its tasks ask for together. It changes as tasks come and go.
import { addResources, type Resource, type Task, type TaskInfo } from "@mezzo/wire";
import type { ContainerAmounts } from "../containerizer/containerizer.ts";
import type { AgentOptions } from "../options.ts";
import type { ExecutorState } from "../state.ts";
import { executorLimits } from "../task/limits-of.ts";
import { emit, type Turn } from "../turn.ts";

/** Tasks that wait count as those that run. Follows `Slave::computeExecutorLimits` and `Executor::allocatedResources`. */
export function containerAmounts(
  { cgroupsEnableCfs }: Pick<AgentOptions, "cgroupsEnableCfs">,
  { info, queuedTasks, launchedTasks }: Pick<ExecutorState, "info" | "queuedTasks" | "launchedTasks">,
): ContainerAmounts {
  const tasks: (Task | TaskInfo)[] = [...launchedTasks.values(), ...queuedTasks.values()];
  const limits = executorLimits(info, tasks, { enableCfs: cgroupsEnableCfs });
  const own: Resource[] = info.resources ?? [];
  return {
    resources: tasks.reduce((sum, { resources = [] }) => addResources(sum, resources), own),
    ...(limits && { limits }),
  };
}

/** Fits the container to its tasks: before one is delivered, and after one has ended. A command's own container stays as it is. */
export function updateContainer(turn: Turn, executor: ExecutorState): void {
  if (executor.command !== undefined || executor.phase !== "RUNNING") return;
  const amounts = containerAmounts(turn.state.options, executor);
  const { frameworkId, id: executorId, containerId } = executor;
  emit(turn, { type: "updateContainer", frameworkId, executorId, containerId, amounts });
}
