// An operation leaves the books.
import { type Operation, addResources, unallocateResources } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import type { Framework } from "../framework.ts";
import { countOperation } from "../operations/count-operation.ts";
import { consumedBy, isSpeculative, isTerminalOperation } from "../operations/operation-kinds.ts";
import { tableOf } from "../operations/operation-table.ts";
import type { Turn } from "../turn.ts";
import { recoverResources } from "./recover-resources.ts";
import { releaseResources } from "./use-resources.ts";

/** Takes an operation off its framework's list. A later operation may have taken its id over. */
export function removeOperationFromFramework(framework: Framework, operation: Operation): void {
  const uuid = operation.uuid.value;
  framework.operations.delete(uuid);
  const id = operation.info.id?.value;
  if (id !== undefined && framework.operationUuids.get(id) === uuid) framework.operationUuids.delete(id);
}

/** What a pending operation took comes back: to its framework's agent, or to the agent's total from an orphan. */
function giveBack(turn: Turn, agent: Agent, operation: Operation): void {
  const { state } = turn;
  const consumed = consumedBy(operation.info);
  const frameworkId = operation.framework_id?.value ?? "";
  if (agent.orphanedOperations.has(operation.uuid.value)) {
    agent.totalResources = addResources(agent.totalResources, unallocateResources(consumed));
    return;
  }
  const framework = state.frameworks.registered.get(frameworkId);
  recoverResources(turn, { frameworkId, agentId: agent.id, resources: consumed });
  releaseResources(state, { agent, framework, frameworkId }, consumed);
}

/** Forgets an operation; terminal ones stay counted. @see Mesos src/master/master.cpp Master::removeOperation */
export function removeOperation(turn: Turn, agent: Agent, operation: Operation): void {
  const { state } = turn;
  const uuid = operation.uuid.value;
  const framework = state.frameworks.registered.get(operation.framework_id?.value ?? "");
  if (framework !== undefined) removeOperationFromFramework(framework, operation);
  if (!isTerminalOperation(operation.latest_status.state)) {
    countOperation(state, operation.info, { into: operation.latest_status.state, delta: -1 });
    if (!isSpeculative(operation.info)) giveBack(turn, agent, operation);
  }
  agent.orphanedOperations.delete(uuid);
  tableOf(agent, operation.info)?.delete(uuid);
}
