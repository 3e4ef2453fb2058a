// Operations that the master counted as done when it sent them, and that an agent's re-registration does not know: it was
// sent before they arrived. Mesos takes the agent's word and forgets them although they will be carried out.
import {
  type Operation,
  type Resource,
  type ResourceConversion,
  applyConversions,
  conversionsOf,
  equalResources,
  needsCheckpointing,
} from "@mezzo/wire";
import { updateAgent } from "../../allocator/update-agent.ts";
import type { Agent } from "../agent.ts";
import { isSpeculative, isTerminalOperation, withoutAllocations } from "../operations/operation-kinds.ts";
import type { MasterState } from "../state.ts";
import { convertResources } from "./convert-resources.ts";

function conversionsBy({ info }: Operation): ResourceConversion[] {
  const conversions = conversionsOf(withoutAllocations(info));
  return conversions.ok ? conversions.value : [];
}

/** What is checkpointed after the operations; undefined when they do not apply. */
function checkpointedAfter(
  total: readonly Resource[],
  operations: readonly Operation[],
): readonly Resource[] | undefined {
  const after = applyConversions(total, operations.flatMap(conversionsBy));
  return after.ok ? after.value.filter(needsCheckpointing) : undefined;
}

function pendingOf(agent: Agent): Operation[] {
  return [...agent.operations.values()].filter(
    ({ info, latest_status }) => isSpeculative(info) && !isTerminalOperation(latest_status.state),
  );
}

/**
 * UUIDs of the operations that the agent had not carried out when it said that it has `total`: the last ones that were
 * sent, as many as have to be added for both to agree.
 */
export function operationsAhead(agent: Agent, total: readonly Resource[]): Set<string> {
  const pending = pendingOf(agent);
  if (pending.length === 0) return new Set();
  const delayed = pending.filter(({ uuid }) => agent.delayedOperations.has(uuid.value));
  const expected = checkpointedAfter(agent.totalResources, delayed);
  if (expected === undefined) return new Set();
  for (let first = pending.length; first >= 0; first--) {
    const ahead = pending.slice(first);
    const after = checkpointedAfter(total, ahead);
    if (after !== undefined && equalResources(after, expected)) {
      return new Set(ahead.map(({ uuid }) => uuid.value));
    }
  }
  return new Set();
}

/** One that was thought to be ahead has been carried out: now its outcome is there. Returns whether something changed. */
export function applyDelayed(state: MasterState, agent: Agent, operation: Operation): boolean {
  if (!agent.delayedOperations.delete(operation.uuid.value)) return false;
  if (operation.latest_status.state !== "OPERATION_FINISHED") return false;
  const conversions = conversionsBy(operation);
  if (!applyConversions(agent.totalResources, conversions).ok) return false;
  convertResources(agent, conversions);
  updateAgent(state.allocator, { agentId: agent.id, total: agent.totalResources });
  state.allocationWanted = true;
  return true;
}
