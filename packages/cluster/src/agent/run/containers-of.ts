// Which containers an executor has.
import type { AgentState, ExecutorState } from "../state.ts";
import { nestedSandboxPath } from "../sandbox/paths.ts";
import type { ContainerOwner } from "./container-runner.ts";

/** Its own, or those of the tasks that the built-in default executor runs. */
export function containersOf(executor: ExecutorState): (ContainerOwner & { containerId: string })[] {
  const { frameworkId, id: executorId, group, containerId } = executor;
  if (executor.phase === "TERMINATED") return [];
  const ids = group ? [...group.runs.keys()] : [containerId];
  return ids.map((one) => ({ frameworkId, executorId, containerId: one }));
}

/** Every executor whose container may still run. */
export function liveExecutors({ frameworks }: AgentState): ExecutorState[] {
  const executors = [...frameworks.values()].flatMap((framework) => [...framework.executors.values()]);
  return executors.filter(({ phase }) => phase !== "TERMINATED");
}

/** Where the outputs of an executor and of the tasks in it are written. */
export function sandboxesOf({ directory, group }: ExecutorState): string[] {
  return [directory, ...[...(group?.runs.keys() ?? [])].map((id) => nestedSandboxPath(directory, id))];
}
