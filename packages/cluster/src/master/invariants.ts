// What is true of a master's state after every step. The simulator and the property tests check it.
import {
  type Resource,
  addResources,
  containsResources,
  equalResource,
  equalResources,
  formatResources,
  isShared,
  sumResources,
  unallocateResources,
} from "@mezzo/wire";
import type { Agent } from "./agent.ts";
import type { Framework } from "./framework.ts";
import { brokenOperationInvariants } from "./operation-invariants.ts";
import { consumedBy, isSpeculative, isTerminalOperation } from "./operations/operation-kinds.ts";
import { operationsOn } from "./operations/operation-table.ts";
import { checkInverseOffers, checkMachines } from "./maintenance-invariants.ts";
import { checkQuotas } from "./quota-invariants.ts";
import type { MasterState } from "./state.ts";
import { hasReleasedResources } from "./task-states.ts";

/** Resources of an agent's tasks, executors and unfinished work of resource providers for one framework. */
function usedBy(agent: Agent, frameworkId: string): Resource[] {
  const tasks = [...(agent.tasks.get(frameworkId)?.values() ?? [])].filter(
    (task) => !hasReleasedResources(task.state),
  );
  const executors = [...(agent.executors.get(frameworkId)?.values() ?? [])];
  const inWork = [...operationsOn(agent)].filter(
    ({ framework_id, info, latest_status, uuid }) =>
      framework_id?.value === frameworkId &&
      !isSpeculative(info) &&
      !isTerminalOperation(latest_status.state) &&
      !agent.orphanedOperations.has(uuid.value),
  );
  return sumResources([
    ...[...tasks, ...executors].map(({ resources = [] }) => resources),
    ...inWork.map(({ info }) => consumedBy(info)),
  ]);
}

/** Any number of tasks may use a shared volume: of its copies one counts. */
function withoutCopies(resources: readonly Resource[]): Resource[] {
  const kept: Resource[] = [];
  for (const resource of resources) {
    if (isShared(resource) && kept.some((other) => equalResource(other, resource))) continue;
    kept.push(resource);
  }
  return kept;
}

/**
 * Nothing is used twice: what tasks, executors and offers hold is the ledger's, and nothing is offered beyond the total. An
 * agent may for a while be said to run more than it has: its latest word counts on top of older ones.
 */
function* checkAgentResources(state: MasterState, agent: Agent): Iterable<string> {
  let held: readonly Resource[] = [];
  const frameworkIds = new Set([
    ...agent.tasks.keys(),
    ...agent.executors.keys(),
    ...agent.usedResources.keys(),
  ]);
  for (const frameworkId of frameworkIds) {
    const expected = usedBy(agent, frameworkId);
    const ledger = agent.usedResources.get(frameworkId) ?? [];
    if (!equalResources(expected, ledger)) {
      yield `agent ${agent.id}: ${frameworkId} uses ${formatResources(expected)}, ledger says ${formatResources(ledger)}`;
    }
    held = addResources(held, ledger);
  }
  const offered = sumResources([...agent.offers].map((id) => state.offers.get(id)?.offer.resources ?? []));
  if (!equalResources(offered, agent.offeredResources)) {
    yield `agent ${agent.id}: offers hold ${formatResources(offered)}, ledger says ${formatResources(agent.offeredResources)}`;
  }
  const all = withoutCopies(unallocateResources(addResources(held, offered)));
  if (agent.offers.size > 0 && !containsResources(agent.totalResources, all)) {
    yield `agent ${agent.id}: ${formatResources(all)} used or offered of ${formatResources(agent.totalResources)}`;
  }
}

/** The agent's books agree with the frameworks'. */
function* checkAgentWork(state: MasterState, agent: Agent): Iterable<string> {
  if (agent.active && !agent.connected) yield `agent ${agent.id} is active but not connected`;
  if (state.agents.byPid.get(agent.pid) === undefined)
    yield `agent ${agent.id} cannot be found by its address`;
  for (const [frameworkId, tasks] of agent.tasks) {
    const framework = state.frameworks.registered.get(frameworkId);
    if (framework === undefined)
      yield `agent ${agent.id} has tasks of ${frameworkId}, which is not registered`;
    for (const [taskId, task] of tasks) {
      if (framework?.tasks.get(taskId) !== task)
        yield `task ${taskId} is the agent's but not the framework's`;
    }
  }
}

/** The framework's books agree with the agents' and the offers. */
function* checkFramework(state: MasterState, framework: Framework): Iterable<string> {
  for (const [taskId, task] of framework.tasks) {
    const agent = state.agents.registered.get(task.agent_id.value);
    if (agent?.tasks.get(framework.id)?.get(taskId) !== task) {
      yield `task ${taskId} is the framework's but not its agent's`;
    }
  }
  if (!framework.active && framework.offers.size > 0) yield `inactive framework ${framework.id} has offers`;
  for (const role of framework.roles) {
    if (state.roles.get(role)?.has(framework.id) !== true)
      yield `${framework.id} is not listed under ${role}`;
  }
  const { maxCompletedTasksPerFramework, maxUnreachableTasksPerFramework } = state.options;
  if (framework.completedTasks.length > maxCompletedTasksPerFramework) yield "too many completed tasks";
  if (framework.unreachableTasks.size > maxUnreachableTasksPerFramework) yield "too many unreachable tasks";
}

/** Each agent id stands in one place. */
function* checkAgentIds({ agents }: MasterState): Iterable<string> {
  const places = [agents.registered, agents.recovered, agents.unreachable, agents.gone];
  const ids = places.flatMap((place) => [...place.keys()]);
  if (new Set(ids).size !== ids.length) yield "an agent is in two places";
}

/** Who waits to be marked unreachable is where the verdict says. */
function* checkRemovals({ agents, removals }: MasterState): Iterable<string> {
  for (const { agentId, duringFailover } of removals.waiting.values()) {
    const place = duringFailover ? agents.recovered : agents.registered;
    if (!place.has(agentId)) yield `agent ${agentId} waits to be marked unreachable and is not there`;
  }
}

/** Every broken invariant in words; empty when all hold. O(state): not for every event of a large cluster. */
export function brokenInvariants(state: MasterState): string[] {
  const broken = [
    ...checkAgentIds(state),
    ...checkRemovals(state),
    ...checkQuotas(state),
    ...checkMachines(state),
    ...checkInverseOffers(state),
    ...brokenOperationInvariants(state),
  ];
  for (const agent of state.agents.registered.values()) {
    broken.push(...checkAgentResources(state, agent), ...checkAgentWork(state, agent));
  }
  for (const framework of state.frameworks.registered.values())
    broken.push(...checkFramework(state, framework));
  for (const { id, frameworkId, agentId } of state.offers.values()) {
    if (state.frameworks.registered.get(frameworkId)?.offers.has(id) !== true)
      broken.push(`offer ${id} is nobody's`);
    if (state.agents.registered.get(agentId)?.offers.has(id) !== true)
      broken.push(`offer ${id} is of no agent`);
  }
  return broken;
}
