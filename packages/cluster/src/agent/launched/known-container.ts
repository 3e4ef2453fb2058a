// Finds what a container id names among the containers of executors and their tasks.
import type { ContainerID } from "@mezzo/wire";
import { executorEnvironment } from "../executor/executor-environment.ts";
import { nestedSandboxPath } from "../sandbox/paths.ts";
import type { AgentState, ExecutorState } from "../state.ts";

/** An executor's container, or that of a task which the built-in default executor runs. */
export interface KnownContainer {
  executor: ExecutorState;
  /** Under which the containerizer knows it. A default executor itself has no process. */
  containerId: string;
  sandbox: string;
  /** True for a task in a group. */
  isMember: boolean;
}

/** Follows `Slave::getExecutor`: executors that are over have no container. */
export function findKnownContainer(state: AgentState, id: ContainerID): KnownContainer | undefined {
  const root = id.parent ?? id;
  const executor = root.parent === undefined ? executorOf(state, root.value) : undefined;
  if (executor === undefined) return undefined;
  if (id.parent === undefined) {
    return { executor, containerId: id.value, sandbox: executor.directory, isMember: false };
  }
  if (executor.group?.runs.has(id.value) !== true) return undefined;
  const sandbox = nestedSandboxPath(executor.directory, id.value);
  return { executor, containerId: id.value, sandbox, isMember: true };
}

/** The executor in the container with this id. */
export function executorOf(state: AgentState, containerId: string): ExecutorState | undefined {
  for (const { executors } of state.frameworks.values()) {
    for (const executor of executors.values()) {
      if (executor.containerId === containerId && executor.phase !== "TERMINATED") return executor;
    }
  }
  return undefined;
}

/** What the executor's own process got, when it cannot be read from the process. */
export const environmentOf = (state: AgentState, { executor }: KnownContainer): Record<string, string> =>
  executorEnvironment(state, executor);
