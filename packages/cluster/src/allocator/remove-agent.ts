// An agent is gone, unreachable or being replaced.
import { setTotal } from "./agent-total.ts";
import { letGo } from "./holdings.ts";
import { endMaintenance } from "./inverse-offers/maintenance-book.ts";
import { knownAgent } from "./known.ts";
import { dropRefusalsOn } from "./refusals.ts";
import type { AllocatorState } from "./state.ts";

/** Removes an agent with all that is booked on it; later `recoverResources` for it are ignored. Throws when unknown. */
export function removeAgent(state: AllocatorState, agentId: string): void {
  const agent = knownAgent(state, agentId);
  state.operations++;
  for (const held of agent.held.slice()) letGo(state, agent, held);
  dropRefusalsOn(state, agent);
  setTotal(state, agent, []);
  state.agents.delete(agentId);
  state.free.delete(agent);
  state.dirtyAgents.delete(agent);
  state.releasedAgents.delete(agent);
  endMaintenance(state.maintenance, agentId);
}
