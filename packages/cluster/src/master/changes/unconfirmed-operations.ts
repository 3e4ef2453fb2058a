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

function undoing(operation: Operation): ResourceConversion[] {
  return conversionsBy(operation)
    .toReversed()
    .map(({ consumed, converted }) => ({ consumed: converted, converted: consumed }));
}

/**
 * What undoes an operation. Where later ones took what it had made, as an UNRESERVE does of a RESERVE, all of them are taken
 * back, and those that can do without it follow anew; the others have come to nothing, too.
 */
function undoWithLater(agent: Agent, operation: Operation): ResourceConversion[] {
  const fits = (conversions: ResourceConversion[]): boolean =>
    applyConversions(agent.totalResources, conversions).ok;
  const direct = undoing(operation);
  if (fits(direct)) return direct;
  const sent = [...agent.operations.values()];
  const later = sent
    .slice(sent.indexOf(operation) + 1)
    .filter(({ uuid }) => agent.unconfirmedOperations.has(uuid.value));
  let conversions = [...later.toReversed().flatMap(undoing), ...direct];
  // The agent says what it has when it is back next time.
  if (!fits(conversions)) return [];
  for (const other of later) {
    const further = [...conversions, ...conversionsBy(other)];
    if (fits(further)) conversions = further;
    else agent.unconfirmedOperations.delete(other.uuid.value);
  }
  return conversions;
}

/** One of them ended: if it was not carried out, it is undone. Returns whether something changed. */
export function confirmOperation(state: MasterState, agent: Agent, operation: Operation): boolean {
  if (!agent.unconfirmedOperations.delete(operation.uuid.value)) return false;
  if (operation.latest_status.state === "OPERATION_FINISHED") return false;
  const conversions = undoWithLater(agent, operation);
  if (conversions.length === 0) return false;
  convertResources(agent, conversions);
  updateAgent(state.allocator, { agentId: agent.id, total: agent.totalResources });
  state.allocationWanted = true;
  return true;
}
