// Work that an agent has and the master does not: it outlived a broken connection and was called lost, or another master
// launched it before an old re-registration came out of a connection that was stuck.
import type { ReregisterSlaveMessage, Resource } from "@mezzo/wire";
import { addUsed } from "../../allocator/add-used.ts";
import type { Agent } from "../agent.ts";
import { isTerminalState } from "../task-states.ts";
import type { Turn } from "../turn.ts";
import { addTaskToAgent, addTaskToFramework } from "./add-task.ts";
import { addExecutor } from "./executors.ts";
import { reviveTask } from "./revive-task.ts";

/**
 * Books what an agent names and the master does not have, so that nobody else is offered its resources. Mesos
 * forgets such work, and gives its resources out a second time.
 */
export function adoptWork(turn: Turn, agent: Agent, body: ReregisterSlaveMessage): void {
  const { state } = turn;
  const { registered, completed } = state.frameworks;
  const used: [string, readonly Resource[]][] = [];
  for (const executor of body.executor_infos ?? []) {
    const frameworkId = executor.framework_id?.value ?? "";
    if (completed.has(frameworkId)) continue;
    if (agent.executors.get(frameworkId)?.has(executor.executor_id.value) === true) continue;
    addExecutor(state, executor, { agent, frameworkId, framework: registered.get(frameworkId) });
    used.push([frameworkId, executor.resources ?? []]);
  }
  for (const task of body.tasks ?? []) {
    const frameworkId = task.framework_id.value;
    if (completed.has(frameworkId) || isTerminalState(task.state)) continue;
    if (agent.tasks.get(frameworkId)?.has(task.task_id.value) === true) continue;
    reviveTask(turn, task, "Agent reregistered");
    addTaskToAgent(state, agent, task);
    const framework = registered.get(frameworkId);
    if (framework !== undefined) addTaskToFramework(turn, framework, task);
    used.push([frameworkId, task.resources ?? []]);
  }
  if (used.length > 0) addUsed(state.allocator, { agentId: agent.id, used });
}
