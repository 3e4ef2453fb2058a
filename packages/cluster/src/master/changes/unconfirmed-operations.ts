// Operations that the master counted as done when it sent them, and that an agent's re-registration does not know: it was
// sent before they arrived, or they never will. Mesos takes the agent's word, offers what they took a second time, and
// forgets them although they will be carried out.
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

function pendingOf(agent: Agent): Operation[] {
  return [...agent.operations.values()].filter(
    ({ info, latest_status }) => isSpeculative(info) && !isTerminalOperation(latest_status.state),
  );
}

/**
 * What the agent has, `told` being its own word, once the operations on their way to it are carried out: the last ones that
 * were sent, as few as have to be added for both to agree. Where nothing makes them agree, the agent is right.
 */
export function addUnconfirmed(
  agent: Agent,
  told: readonly Resource[],
): { total: readonly Resource[]; unconfirmed: Set<string> } {
  const pending = pendingOf(agent);
  for (let first = pending.length; first >= 0; first--) {
    const ahead = pending.slice(first);
    const total = applyConversions(told, ahead.flatMap(conversionsBy));
    if (!total.ok) continue;
    if (!equalResources(total.value.filter(needsCheckpointing), agent.checkpointedResources)) continue;
    return { total: total.value, unconfirmed: new Set(ahead.map(({ uuid }) => uuid.value)) };
  }
  return { total: told, unconfirmed: new Set() };
}

/** One of them ended: if it was not carried out, it is undone. Returns whether something changed. */
export function confirmOperation(state: MasterState, agent: Agent, operation: Operation): boolean {
  if (!agent.unconfirmedOperations.delete(operation.uuid.value)) return false;
  if (operation.latest_status.state === "OPERATION_FINISHED") return false;
  const undone = conversionsBy(operation)
    .toReversed()
    .map(({ consumed, converted }) => ({ consumed: converted, converted: consumed }));
  // It may have been undone by another operation; the agent says what it has when it is back next time.
  if (!applyConversions(agent.totalResources, undone).ok) return false;
  convertResources(agent, undone);
  updateAgent(state.allocator, { agentId: agent.id, total: agent.totalResources });
  state.allocationWanted = true;
  return true;
}
