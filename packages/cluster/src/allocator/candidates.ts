// Which agents a run looks at, in which order, and who may get something of each.
import { roll } from "./dice.ts";
import { isOfferable } from "./is-offerable.ts";
import type { AgentEntry, AllocatorState, Client } from "./state.ts";

/** Brings agents into the order in which the state's dice fall. */
export function shuffle(state: AllocatorState, agents: AgentEntry[]): void {
  for (let index = agents.length - 1; index > 0; index--) {
    const other = Math.floor(roll(state.dice) * (index + 1));
    const swapped = agents[other];
    const current = agents[index];
    if (swapped === undefined || current === undefined) continue;
    agents[index] = swapped;
    agents[other] = current;
  }
}

/** The agents to look at; those not dirty only concern the clients that want something new. */
export function candidates(state: AllocatorState): AgentEntry[] {
  const agents: AgentEntry[] = [];
  const source = state.freshClients.size > 0 ? state.free : state.dirtyAgents;
  for (const agent of source) {
    if (agent.available.length > 0 && isOfferable(state, agent)) agents.push(agent);
  }
  shuffle(state, agents);
  return agents;
}

/** Who may get something of the agent: everybody, or those who want what they did not before. */
export function concerned(state: AllocatorState, agent: AgentEntry): ReadonlySet<Client> | undefined {
  const { dirtyAgents, freshClients } = state;
  // Without fresh clients only dirty agents are looked at.
  return freshClients.size === 0 || dirtyAgents.has(agent) ? undefined : freshClients;
}
