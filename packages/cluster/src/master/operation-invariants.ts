// What is true of a master's operations, and of the resources they change, after every step.
import {
  type Operation,
  type OperationState,
  equalResources,
  formatResources,
  needsCheckpointing,
} from "@mezzo/wire";
import type { Agent } from "./agent.ts";
import type { Framework } from "./framework.ts";
import { isTerminalOperation } from "./operations/operation-kinds.ts";
import { findOperation, operationsOn } from "./operations/operation-table.ts";
import type { MasterState } from "./state.ts";

/** What is reserved or a volume is what the agent must remember, and the allocator gives out what there is. */
function* checkTotals(state: MasterState, agent: Agent): Iterable<string> {
  const { id, totalResources, checkpointedResources } = agent;
  const expected = totalResources.filter(needsCheckpointing);
  if (!equalResources(expected, checkpointedResources)) {
    yield `agent ${id}: has ${formatResources(expected)}, checkpointed ${formatResources(checkpointedResources)}`;
  }
  const allocated = state.allocator.agents.get(id)?.total ?? [];
  if (!equalResources(allocated, totalResources)) {
    yield `agent ${id}: has ${formatResources(totalResources)}, the allocator ${formatResources(allocated)}`;
  }
}

/** Every operation is its framework's too, or nobody's. */
function* checkOwner(state: MasterState, agent: Agent, operation: Operation): Iterable<string> {
  const { framework_id, info, uuid } = operation;
  const framework = state.frameworks.registered.get(framework_id?.value ?? "");
  const orphaned = agent.orphanedOperations.has(uuid.value);
  if (framework === undefined) return;
  if (orphaned) yield `operation ${uuid.value} is an orphan although ${framework.id} is registered`;
  if (framework.operations.get(uuid.value) !== operation) {
    yield `operation ${uuid.value} is the agent's but not the framework's`;
  }
  if (info.id !== undefined && !framework.operationUuids.has(info.id.value)) {
    yield `operation ${info.id.value} cannot be found by its id`;
  }
}

/** Every operation of the framework is on the agent that it names. */
function* checkFramework(state: MasterState, framework: Framework): Iterable<string> {
  for (const [uuid, operation] of framework.operations) {
    const agent = state.agents.registered.get(operation.agent_id?.value ?? "");
    if (agent === undefined || findOperation(agent, uuid) !== operation) {
      yield `operation ${uuid} is the framework's but not its agent's`;
    }
  }
  for (const [id, uuid] of framework.operationUuids) {
    if (!framework.operations.has(uuid)) yield `operation id ${id} leads nowhere`;
  }
}

/** The metrics of states that are left again count what is in them. */
function* checkCounts(state: MasterState, present: ReadonlyMap<OperationState, number>): Iterable<string> {
  const counted = new Map<OperationState, number>();
  for (const states of state.operationCounts.values()) {
    for (const [name, amount] of states) counted.set(name, (counted.get(name) ?? 0) + amount);
  }
  for (const name of ["OPERATION_PENDING", "OPERATION_RECOVERING"] as const) {
    const [there, metric] = [present.get(name) ?? 0, counted.get(name) ?? 0];
    if (there !== metric) yield `${there} operations are ${name}, the metric says ${metric}`;
  }
}

/** Every broken invariant in words. */
export function* brokenOperationInvariants(state: MasterState): Generator<string> {
  const present = new Map<OperationState, number>();
  for (const agent of state.agents.registered.values()) {
    yield* checkTotals(state, agent);
    for (const operation of operationsOn(agent)) {
      yield* checkOwner(state, agent, operation);
      const { state: name } = operation.latest_status;
      if (!isTerminalOperation(name)) present.set(name, (present.get(name) ?? 0) + 1);
    }
  }
  for (const framework of state.frameworks.registered.values()) yield* checkFramework(state, framework);
  yield* checkCounts(state, present);
}
