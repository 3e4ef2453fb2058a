// A task leaves the books of its agent.
import type { Task } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { MasterState } from "../state.ts";
import { hasReleasedResources } from "../task-states.ts";
import type { Turn } from "../turn.ts";
import { removeUnconfirmed } from "./executors.ts";
import { recoverResources } from "./recover-resources.ts";
import { releaseResources } from "./use-resources.ts";

/** Keeps a task in the framework's bounded history. */
export function addCompletedTask(state: MasterState, framework: Framework, task: Task): void {
  framework.completedTasks.push(task);
  if (framework.completedTasks.length > state.options.maxCompletedTasksPerFramework) {
    framework.completedTasks.shift();
  }
}

/** Keeps a task whose agent is unreachable, within bounds. */
export function addUnreachableTask(state: MasterState, framework: Framework, task: Task): void {
  const tasks = framework.unreachableTasks;
  tasks.delete(task.task_id.value);
  tasks.set(task.task_id.value, task);
  if (tasks.size > state.options.maxUnreachableTasksPerFramework) {
    const oldest = tasks.keys().next();
    if (oldest.done !== true) tasks.delete(oldest.value);
  }
}

/**
 * Removes a task from agent and framework; the framework keeps it as completed or unreachable.
 * @see Mesos src/master/master.cpp Master::removeTask
 */
export function removeTask(turn: Turn, task: Task, options: { unreachable: boolean }): void {
  const { state } = turn;
  const frameworkId = task.framework_id.value;
  const taskId = task.task_id.value;
  const agent = state.agents.registered.get(task.agent_id.value);
  const framework = state.frameworks.registered.get(frameworkId);
  if (!hasReleasedResources(task.state)) {
    const resources = task.resources ?? [];
    recoverResources(turn, { frameworkId, agentId: task.agent_id.value, resources });
    releaseResources(state, { agent, framework, frameworkId }, resources);
  }
  if (framework !== undefined) {
    framework.tasks.delete(taskId);
    if (options.unreachable) addUnreachableTask(state, framework, task);
    else addCompletedTask(state, framework, task);
  }
  if (agent === undefined) return;
  const tasks = agent.tasks.get(frameworkId);
  tasks?.delete(taskId);
  if (tasks?.size === 0) agent.tasks.delete(frameworkId);
  const killed = agent.killedTasks.get(frameworkId);
  killed?.delete(taskId);
  if (killed?.size === 0) agent.killedTasks.delete(frameworkId);
  if (task.executor_id !== undefined) {
    removeUnconfirmed(turn, agent, { frameworkId, executorId: task.executor_id.value });
  }
}
