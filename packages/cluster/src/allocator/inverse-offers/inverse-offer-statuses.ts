// What frameworks answered about an agent's maintenance (`getInverseOfferStatuses` in hierarchical.cpp).
import type { InverseOfferStatus } from "@mezzo/wire";
import type { AllocatorState } from "../state.ts";

/** The latest answer of each framework about the current plan, oldest framework first. */
export function inverseOfferStatuses(state: AllocatorState, agentId: string): InverseOfferStatus[] {
  return [...(state.maintenance.agents.get(agentId)?.statuses.values() ?? [])];
}
