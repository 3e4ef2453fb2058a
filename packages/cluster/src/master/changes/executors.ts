// Executors enter and leave the books.
import type { ExecutorInfo } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import type { Framework } from "../framework.ts";
import type { MasterState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { recoverResources } from "./recover-resources.ts";
import { releaseResources, useResources } from "./use-resources.ts";

/** Lists an executor with its agent; the framework is given where it is known. */
export function addExecutor(
  state: MasterState,
  executor: ExecutorInfo,
  owner: { agent: Agent; frameworkId: string; framework?: Framework | undefined },
): void {
  const { agent, framework, frameworkId } = owner;
  let executors = agent.executors.get(frameworkId);
  if (executors === undefined) {
    executors = new Map();
    agent.executors.set(frameworkId, executors);
  }
  executors.set(executor.executor_id.value, executor);
  framework?.executors.set(agent.id, executors);
  useResources(state, { agent, framework, frameworkId }, executor.resources ?? []);
}

/** Lists the executors that an agent already has with a framework that appears later. */
export function adoptExecutors(state: MasterState, framework: Framework, agent: Agent): void {
  const executors = agent.executors.get(framework.id);
  if (executors === undefined) return;
  framework.executors.set(agent.id, executors);
  for (const executor of executors.values()) {
    useResources(state, { framework, frameworkId: framework.id }, executor.resources ?? []);
  }
}

interface ExecutorPlace {
  frameworkId: string;
  executorId: string;
}

/** Whether the books have tasks of an executor. */
function hasTasks(agent: Agent, { frameworkId, executorId }: ExecutorPlace): boolean {
  const tasks = agent.tasks.get(frameworkId)?.values() ?? [];
  return [...tasks].some(({ executor_id }) => executor_id?.value === executorId);
}

/** The last task of an executor that its agent never spoke of is gone: so is the executor. */
export function removeUnconfirmed(turn: Turn, agent: Agent, place: ExecutorPlace): void {
  if (agent.unconfirmedExecutors.size === 0 || hasTasks(agent, place)) return;
  if (!agent.unconfirmedExecutors.has(`${place.frameworkId}/${place.executorId}`)) return;
  removeExecutor(turn, agent, place);
}

/** Removes an executor and gives its resources back. */
export function removeExecutor(turn: Turn, agent: Agent, { frameworkId, executorId }: ExecutorPlace): void {
  agent.unconfirmedExecutors.delete(`${frameworkId}/${executorId}`);
  const executors = agent.executors.get(frameworkId);
  const executor = executors?.get(executorId);
  if (executors === undefined || executor === undefined) return;
  const framework = turn.state.frameworks.registered.get(frameworkId);
  executors.delete(executorId);
  if (executors.size === 0) {
    agent.executors.delete(frameworkId);
    framework?.executors.delete(agent.id);
  }
  const resources = executor.resources ?? [];
  recoverResources(turn, { frameworkId, agentId: agent.id, resources });
  releaseResources(turn.state, { agent, framework, frameworkId }, resources);
}
