// Finds the task that a timer or a container event is about.
import { findExecutor } from "../lookup.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import type { CommandRun } from "./command-run.ts";

/** Names a container of a built-in executor. */
export interface CommandPath {
  frameworkId: string;
  executorId: string;
  containerId: string;
}

/** The task in that container, or undefined when it is over or belongs to an executor process. */
export function findCommand(
  state: AgentState,
  of: CommandPath,
): { executor: ExecutorState; command: CommandRun } | undefined {
  const executor = findExecutor(state, of);
  if (executor === undefined || executor.phase === "TERMINATED") return undefined;
  const own = executor.command?.containerId === of.containerId ? executor.command : undefined;
  const command = own ?? executor.group?.runs.get(of.containerId);
  return command && { executor, command };
}

/** What timers and effects about the task carry. */
export function commandPath(executor: ExecutorState, command: CommandRun): CommandPath {
  return { frameworkId: executor.frameworkId, executorId: executor.id, containerId: command.containerId };
}
