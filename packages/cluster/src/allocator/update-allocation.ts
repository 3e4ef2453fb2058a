// A framework's accepted operations change the resources of its offer: reserved, made a volume, shared once more.
import { type Resource, type ResourceConversion, applyConversions, unallocateResources } from "@mezzo/wire";
import { setTotal } from "./agent-total.ts";
import { byRole } from "./by-role.ts";
import { hold, letGo } from "./holdings.ts";
import { knownAgent } from "./known.ts";
import type { AllocatorState } from "./state.ts";

export interface AllocationUpdate {
  frameworkId: string;
  agentId: string;
  /** The offer's resources before, with allocation_info of one role. */
  offered: readonly Resource[];
  /** With allocation_info. One that consumes nothing adds a copy of a shared volume, which the agent's total has already. */
  conversions: readonly ResourceConversion[];
}

/** Replaces `offered` by what the conversions make of it, and the agent's total with it. Throws when they do not apply. */
export function updateAllocation(state: AllocatorState, update: AllocationUpdate): void {
  if (update.conversions.length === 0) return;
  const agent = knownAgent(state, update.agentId);
  state.operations++;
  const updated = applyConversions(update.offered, update.conversions);
  const changes = update.conversions
    .filter((conversion) => conversion.consumed.length > 0)
    .map(withoutAllocation);
  const total = applyConversions(agent.total, changes);
  if (!updated.ok || !total.ok) {
    const reason = updated.ok ? (total.ok ? "" : total.error) : updated.error;
    throw new Error(
      `Cannot update the allocation of framework ${update.frameworkId} on agent ${agent.id}: ${reason}`,
    );
  }
  const { frameworkId } = update;
  for (const [role, resources] of byRole(update.offered))
    letGo(state, agent, { frameworkId, role, resources });
  for (const [role, resources] of byRole(updated.value)) {
    hold(state, agent, { frameworkId, role, resources, replaces: true });
  }
  setTotal(state, agent, total.value);
  state.dirtyAgents.add(agent);
}

function withoutAllocation({ consumed, converted }: ResourceConversion): ResourceConversion {
  return { consumed: unallocateResources(consumed), converted: unallocateResources(converted) };
}
