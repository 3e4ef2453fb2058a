// An operation changes state.
import {
  type Operation,
  type OperationStatus,
  type Resource,
  addResources,
  equalMessages,
  unallocateResources,
} from "@mezzo/wire";
import { updateAgent } from "../../allocator/update-agent.ts";
import { updateAllocation } from "../../allocator/update-allocation.ts";
import type { Agent } from "../agent.ts";
import { countOperation } from "../operations/count-operation.ts";
import { consumedBy, isSpeculative, isTerminalOperation } from "../operations/operation-kinds.ts";
import type { Turn } from "../turn.ts";
import { convertResources } from "./convert-resources.ts";
import { recoverResources } from "./recover-resources.ts";
import { rescindOverbooked } from "./rescind-overbooked.ts";
import { confirmOperation } from "./unconfirmed-operations.ts";
import { releaseResources } from "./use-resources.ts";

/** Statuses kept of one operation. An operation has a handful of states; more come only from an agent gone wrong. */
const MAX_STATUSES = 16;

/** What a report of a status comes to. */
export interface OperationChange {
  status: OperationStatus;
  /** The agent's total has been told of already, so that the outcome must not be applied to it once more. */
  totalKnown?: boolean;
}

/** The outcome of a pending operation that nobody owns: it comes to the agent's total. */
function settleOrphan(turn: Turn, agent: Agent, outcome: { resources: readonly Resource[] }): void {
  agent.totalResources = addResources(agent.totalResources, unallocateResources(outcome.resources));
  updateAgent(turn.state.allocator, { agentId: agent.id, total: agent.totalResources });
  turn.state.allocationWanted = true;
}

/** A resource provider has done what a framework asked for, or has not: the framework no longer uses the resources. */
function settle(
  turn: Turn,
  agent: Agent,
  { operation, change }: { operation: Operation; change: OperationChange },
): void {
  const { state } = turn;
  const consumed = consumedBy(operation.info);
  const finished = change.status.state === "OPERATION_FINISHED";
  const converted = change.status.converted_resources ?? [];
  if (agent.orphanedOperations.has(operation.uuid.value)) {
    if (!finished || change.totalKnown !== true) {
      settleOrphan(turn, agent, { resources: finished ? converted : consumed });
    }
    return;
  }
  const frameworkId = operation.framework_id?.value ?? "";
  const framework = state.frameworks.registered.get(frameworkId);
  const outcome = finished && change.totalKnown !== true ? converted : consumed;
  if (outcome === converted) {
    const conversions = [{ consumed, converted }];
    updateAllocation(state.allocator, { frameworkId, agentId: agent.id, offered: consumed, conversions });
    convertResources(agent, [
      { consumed: unallocateResources(consumed), converted: unallocateResources(converted) },
    ]);
  }
  recoverResources(turn, { frameworkId, agentId: agent.id, resources: outcome });
  releaseResources(state, { agent, framework, frameworkId }, consumed);
}

/**
 * Applies a status. A terminal state is never left. What the master counted as done when it sent the operation needs no
 * settling. @see Mesos src/master/master.cpp Master::updateOperation
 */
export function updateOperation(
  turn: Turn,
  agent: Agent,
  facts: { operation: Operation; change: OperationChange },
): void {
  const { operation, change } = facts;
  const { status } = change;
  const before = operation.latest_status.state;
  const ended = !isTerminalOperation(before) && isTerminalOperation(status.state);
  if (!isTerminalOperation(before)) {
    countOperation(turn.state, operation.info, { into: before, delta: -1 });
    countOperation(turn.state, operation.info, { into: status.state });
    operation.latest_status = status;
  }
  const statuses = operation.statuses ?? [];
  const last = statuses.at(-1);
  if (last === undefined || !equalMessages(last, status)) {
    operation.statuses = [...statuses, status].slice(-MAX_STATUSES);
  }
  if (!ended) return;
  if (!isSpeculative(operation.info)) settle(turn, agent, facts);
  else if (confirmOperation(turn.state, agent, operation)) rescindOverbooked(turn, agent);
}
