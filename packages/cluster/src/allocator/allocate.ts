// One allocation run: looks at the agents that an event touched and books what they give to whom.
import { type Resource, allocateResources, isShared, subtractResources } from "@mezzo/wire";
import { roll } from "./dice.ts";
import { popExpired } from "./expiry-heap.ts";
import { hold, setAvailable, withoutShared } from "./holdings.ts";
import { isHeldOff } from "./hold-off.ts";
import { markMaintenanceDue } from "./inverse-offers/maintenance-book.ts";
import { type Grant, planAgent } from "./plan-agent.ts";
import { isOfferable } from "./is-offerable.ts";
import { releaseDue } from "./mark-released.ts";
import { lookAgainIfDue, planLookAgain } from "./quota/look-again.ts";
import { planGuarantee, planWithinQuota } from "./quota/plan-within-quota.ts";
import type { QuotaLedger } from "./quota/quota-ledger.ts";
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
    const other = Math.floor(roll(state.dice) * (index + 1));
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

/** Who may get something of the agent: everybody, or those who want what they did not before. */
function concerned(state: AllocatorState, agent: AgentEntry): ReadonlySet<Client> | undefined {
  const { dirtyAgents, freshClients } = state;
  // Without fresh clients only dirty agents are looked at.
  return freshClients.size === 0 || dirtyAgents.has(agent) ? undefined : freshClients;
}

function allocateAll(state: AllocatorState, allocations: Allocation[]): void {
  for (const agent of candidates(state)) {
    const grants = planAgent(state, agent, concerned(state, agent));
    if (grants.length > 0) allocations.push(...book(state, agent, grants));
  }
}

/** Agent by agent, one grant after the other: each changes what quota leaves to the next. */
function allocateWithin(state: AllocatorState, quota: QuotaLedger, allocations: Allocation[]): void {
  const agents = candidates(state);
  const offeredShared = new Map<AgentEntry, Resource[]>();
  const run = (plan: typeof planWithinQuota): void => {
    for (const agent of agents) {
      if (agent.available.length === 0) continue;
      const only = concerned(state, agent);
      while (agent.available.length > 0) {
        const shared = offeredShared.get(agent) ?? [];
        const { grant, withheld } = plan(state, quota, { agent, only, offeredShared: shared });
        if (withheld) quota.withheld = true;
        if (grant === undefined) break;
        if (agent.hasShared) offeredShared.set(agent, [...shared, ...grant.resources.filter(isShared)]);
        allocations.push(...book(state, agent, [grant]));
      }
    }
  };
  if (quota.unsatisfied.size > 0) {
    run(planGuarantee);
    // The first stage takes from the front of the list; the second begins elsewhere.
    shuffle(state, agents);
  }
  run(planWithinQuota);
}

/**
 * Gives out what has become available or wanted since the last call, and books it. Call it after every operation
 * (or a batch of them) and when `nextWakeAt` is reached; without news it costs nothing.
 */
export function allocate(state: AllocatorState, nowMs: number): Allocation[] {
  if (isHeldOff(state, nowMs)) return [];
  releaseDue(state, nowMs);
  expireRefusals(state, nowMs);
  lookAgainIfDue(state, nowMs);
  const allocations: Allocation[] = [];
  if (state.dirtyAgents.size > 0 || state.freshClients.size > 0) {
    if (state.quota === undefined) allocateAll(state, allocations);
    else allocateWithin(state, state.quota, allocations);
    state.dirtyAgents.clear();
    state.freshClients.clear();
    state.runs++;
  }
  planLookAgain(state, nowMs);
  return allocations;
}
