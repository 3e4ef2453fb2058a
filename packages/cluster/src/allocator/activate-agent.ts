// An agent is connected again, or no longer held back.
import { markMaintenanceDue } from "./inverse-offers/maintenance-book.ts";
import { knownAgent } from "./known.ts";
import type { AllocatorState } from "./state.ts";

/** Lets an agent be offered. Throws when unknown. */
export function activateAgent(state: AllocatorState, agentId: string): void {
  const agent = knownAgent(state, agentId);
  state.operations++;
  agent.active = true;
  state.dirtyAgents.add(agent);
  markMaintenanceDue(state.maintenance, agentId);
}
