// The plan of maintenance for an agent was made, changed or dropped (`updateUnavailability` in hierarchical.cpp).
import type { Unavailability } from "@mezzo/wire";
import { knownAgent } from "../known.ts";
import type { AllocatorState } from "../state.ts";
import { endMaintenance } from "./maintenance-book.ts";

/**
 * Sets when an agent will be unavailable; undefined: not any more. Answers and refusals of the older plan are forgotten,
 * and everybody who holds something there is asked by the next `allocateInverseOffers`. Throws when the agent is unknown.
 */
export function updateUnavailability(
  state: AllocatorState,
  agentId: string,
  unavailability: Unavailability | undefined,
): void {
  const agent = knownAgent(state, agentId);
  const { maintenance } = state;
  state.operations++;
  endMaintenance(maintenance, agentId);
  if (unavailability !== undefined) {
    maintenance.agents.set(agentId, { unavailability, statuses: new Map(), outstanding: new Set() });
    maintenance.due.add(agentId);
  }
  state.dirtyAgents.add(agent);
}
