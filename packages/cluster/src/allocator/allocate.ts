// One allocation run: looks at the agents that an event touched and books what they give to whom.
import { type Resource, allocateResources, subtractResources } from "@mezzo/wire";
import { popExpired } from "./expiry-heap.ts";
import { hold, setAvailable, withoutShared } from "./holdings.ts";
import { markMaintenanceDue } from "./inverse-offers/maintenance-book.ts";
import { type Grant, planAgent } from "./plan-agent.ts";
import { isOfferable } from "./is-offerable.ts";
import { releaseDue } from "./mark-released.ts";
import { detachRefusal } from "./refusals.ts";
import type { AgentEntry, AllocatorState, Client } from "./state.ts";

/** Resources that are now the framework's to be offered, with allocation_info; already booked. */
export interface Allocation {
  frameworkId: string;
  role: string;
  agentId: string;
  resources: Resource[];
}

function shuffle(state: AllocatorState, agents: AgentEntry[]): void {
  for (let index = agents.length - 1; index > 0; index--) {
    const other = Math.floor(state.random() * (index + 1));
    const swapped = agents[other];
    const current = agents[index];
    if (swapped === undefined || current === undefined) continue;
    agents[index] = swapped;
    agents[other] = current;
  }
}

function expireRefusals(state: AllocatorState, nowMs: number): void {
  for (
    let refusal = popExpired(state.expiries, nowMs);
    refusal !== undefined;
    refusal = popExpired(state.expiries, nowMs)
  ) {
    detachRefusal(refusal);
    state.dirtyAgents.add(refusal.agent);
  }
}

/** The agents to look at; those not dirty only concern the clients that want something new. */
function candidates(state: AllocatorState): AgentEntry[] {
  const agents: AgentEntry[] = [];
  const source = state.freshClients.size > 0 ? state.free : state.dirtyAgents;
  for (const agent of source) {
    if (agent.available.length > 0 && isOfferable(state, agent)) agents.push(agent);
  }
  shuffle(state, agents);
  return agents;
}

function book(state: AllocatorState, agent: AgentEntry, grants: readonly Grant[]): Allocation[] {
  const allocations: Allocation[] = [];
  let available = agent.available;
  for (const { client, resources: from } of grants) {
    const role = client.role.name;
    const resources = allocateResources(from, role);
    const taken = withoutShared(from);
    available = available === taken ? [] : subtractResources(available, taken);
    hold(state, agent, { frameworkId: client.framework.id, role, resources });
    agent.lastGrant = { granted: resources, from };
    allocations.push({ frameworkId: client.framework.id, role, agentId: agent.id, resources });
  }
  setAvailable(state, agent, available);
  markMaintenanceDue(state.maintenance, agent.id);
  return allocations;
}

/**
 * Gives out what has become available or wanted since the last call, and books it. Call it after every operation
 * (or a batch of them) and when `nextWakeAt` is reached; without news it costs nothing.
 */
export function allocate(state: AllocatorState, nowMs: number): Allocation[] {
  releaseDue(state, nowMs);
  expireRefusals(state, nowMs);
  const allocations: Allocation[] = [];
  if (state.dirtyAgents.size === 0 && state.freshClients.size === 0) return allocations;
  const fresh: ReadonlySet<Client> = new Set(state.freshClients);
  for (const agent of candidates(state)) {
    const grants = planAgent(state, agent, state.dirtyAgents.has(agent) ? undefined : fresh);
    if (grants.length > 0) allocations.push(...book(state, agent, grants));
  }
  state.dirtyAgents.clear();
  state.freshClients.clear();
  state.runs++;
  return allocations;
}
