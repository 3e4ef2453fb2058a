// Which containers an executor has.
import { containerInfoOf } from "../executor/container-info-of.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import type { OwnedContainer } from "./container-runner.ts";

/** Its own, or those of the tasks that the built-in default executor runs. */
export function containersOf(executor: ExecutorState): OwnedContainer[] {
  const { frameworkId, id: executorId, group, containerId } = executor;
  if (executor.phase === "TERMINATED") return [];
  if (group) return [...group.runs.keys()].map((one) => ({ frameworkId, executorId, containerId: one }));
  return [{ frameworkId, executorId, containerId }];
}

/** What may run on since before the agent started, each as it was launched. */
export function containersToRecover({ frameworks, options }: AgentState): OwnedContainer[] {
  const executors = [...frameworks.values()].flatMap((framework) => [...framework.executors.values()]);
  return executors.flatMap((executor) => {
    const container = executor.group ? undefined : containerInfoOf(executor.info, options);
    return containersOf(executor).map((one) => ({ ...one, ...(container && { container }) }));
  });
}

/** Every executor whose container may still run. */
export function liveExecutors({ frameworks }: AgentState): ExecutorState[] {
  const executors = [...frameworks.values()].flatMap((framework) => [...framework.executors.values()]);
  return executors.filter(({ phase }) => phase !== "TERMINATED");
}
