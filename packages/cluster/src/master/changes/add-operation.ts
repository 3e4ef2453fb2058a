// An operation enters the books.
import { type Operation, subtractResources, unallocateResources } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import type { Framework } from "../framework.ts";
import { countOperation } from "../operations/count-operation.ts";
import { consumedBy, isSpeculative, isTerminalOperation } from "../operations/operation-kinds.ts";
import { tableOf } from "../operations/operation-table.ts";
import type { MasterState } from "../state.ts";
import { useResources } from "./use-resources.ts";

/** Lists an operation with its framework. */
export function addOperationToFramework(framework: Framework, operation: Operation): void {
  framework.operations.set(operation.uuid.value, operation);
  const { id } = operation.info;
  if (id !== undefined) framework.operationUuids.set(id.value, operation.uuid.value);
}

/**
 * Nobody owns the operation, for its framework is not known (any more): what a pending one takes is nobody's either and
 * leaves the agent's total until it ends. The caller tells the allocator of the new total.
 * @see Mesos src/master/master.cpp Slave::markOperationAsOrphan
 */
export function orphanOperation(agent: Agent, operation: Operation): void {
  if (isSpeculative(operation.info)) return;
  agent.orphanedOperations.add(operation.uuid.value);
  if (isTerminalOperation(operation.latest_status.state)) return;
  agent.totalResources = subtractResources(
    agent.totalResources,
    unallocateResources(consumedBy(operation.info)),
  );
}

/**
 * Lists an operation with its agent and, where it is known, its framework. Returns whether it could: not without its
 * resource provider. @see Mesos src/master/master.cpp Master::addOperation
 */
export function addOperation(state: MasterState, agent: Agent, operation: Operation): boolean {
  const table = tableOf(agent, operation.info);
  if (table === undefined || table.has(operation.uuid.value)) return false;
  table.set(operation.uuid.value, operation);
  countOperation(state, operation.info, { into: operation.latest_status.state });
  const frameworkId = operation.framework_id?.value;
  const framework = frameworkId === undefined ? undefined : state.frameworks.registered.get(frameworkId);
  if (framework === undefined) {
    orphanOperation(agent, operation);
    return true;
  }
  addOperationToFramework(framework, operation);
  if (!isSpeculative(operation.info) && !isTerminalOperation(operation.latest_status.state)) {
    useResources(state, { agent, framework, frameworkId: framework.id }, consumedBy(operation.info));
  }
  return true;
}
