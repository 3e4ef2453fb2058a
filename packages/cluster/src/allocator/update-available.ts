// An operator reserves or makes volumes of what an agent has free.
import { type ResourceConversion, type Result, applyConversions, unallocateResources } from "@mezzo/wire";
import { setTotal } from "./agent-total.ts";
import { knownAgent } from "./known.ts";
import { markChanged } from "./mark-released.ts";
import type { AllocatorState } from "./state.ts";

/** What changes where. */
export interface AvailableUpdate {
  agentId: string;
  conversions: readonly ResourceConversion[];
  /** Milliseconds since 1970. */
  nowMs: number;
}

/**
 * Applies conversions to an agent's free resources; refuses when they are not free (offered in the meantime). What is free
 * then is offered after the next tick of the allocation interval.
 */
export function updateAvailable(
  state: AllocatorState,
  { agentId, conversions, nowMs }: AvailableUpdate,
): Result<undefined> {
  const agent = knownAgent(state, agentId);
  const stripped = conversions.map(({ consumed, converted }) => ({
    consumed: unallocateResources(consumed),
    converted: unallocateResources(converted),
  }));
  const available = applyConversions(agent.available, stripped);
  if (!available.ok) return available;
  const total = applyConversions(agent.total, stripped);
  if (!total.ok) return total;
  state.operations++;
  setTotal(state, agent, total.value);
  markChanged(state, agent, nowMs);
  return { ok: true, value: undefined };
}
