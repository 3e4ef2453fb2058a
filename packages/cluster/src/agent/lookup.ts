// Finding things in the agent's state.
import type { AgentState, ExecutorState, FrameworkState } from "./state.ts";

/** The executor with this id, or undefined. */
export function findExecutor(
  state: AgentState,
  of: { frameworkId: string; executorId: string },
): ExecutorState | undefined {
  return state.frameworks.get(of.frameworkId)?.executors.get(of.executorId);
}

/** The executor that holds the task and has not forgotten it yet, or undefined. */
export function executorOfTask(framework: FrameworkState, taskId: string): ExecutorState | undefined {
  // A command task's executor has the task's own id, which spares the search in the common case.
  const namesake = framework.executors.get(taskId);
  if (namesake !== undefined && holdsTask(namesake, taskId)) return namesake;
  for (const executor of framework.executors.values()) {
    if (holdsTask(executor, taskId)) return executor;
  }
  return undefined;
}

/** True while the task is queued, launched, or terminated with updates on their way. */
export function holdsTask(executor: ExecutorState, taskId: string): boolean {
  return (
    executor.queuedTasks.has(taskId) ||
    executor.launchedTasks.has(taskId) ||
    executor.terminatedTasks.has(taskId)
  );
}

/** True while the executor has tasks that are not completed. */
export function hasIncompleteTasks(executor: ExecutorState): boolean {
  return executor.queuedTasks.size + executor.launchedTasks.size + executor.terminatedTasks.size > 0;
}

/** The executor run a timer or a container event is about; undefined when another run took its place. */
export function findRun(
  state: AgentState,
  of: { frameworkId: string; executorId: string; containerId: string },
): ExecutorState | undefined {
  const executor = findExecutor(state, of);
  return executor?.containerId === of.containerId ? executor : undefined;
}
