// One allocation run: looks at the agents that an event touched and books what they give to whom.
import { type Resource, allocateResources, subtractResources } from "@mezzo/wire";
import { candidates, concerned } from "./candidates.ts";
import { takeExpired } from "./expiries.ts";
import { hold, setAvailable, withoutShared } from "./holdings.ts";
import { isHeldOff } from "./hold-off.ts";
import { markMaintenanceDue } from "./inverse-offers/maintenance-book.ts";
import { type Grant, planAgent } from "./plan-agent.ts";
import { releaseDue } from "./mark-released.ts";
import { giveWithinQuota } from "./quota/give-within-quota.ts";
import { lookAgainIfDue, planLookAgain } from "./quota/look-again.ts";
import { detachRefusal } from "./refusals.ts";
import type { AgentEntry, AllocatorState } from "./state.ts";

/** Resources that are now the framework's to be offered, with allocation_info; already booked. */
export interface Allocation {
  frameworkId: string;
  role: string;
  agentId: string;
  resources: Resource[];
}

function expireRefusals(state: AllocatorState, nowMs: number): void {
  const { expiries, dirtyAgents } = state;
  for (let ended = takeExpired(expiries, nowMs); ended !== undefined; ended = takeExpired(expiries, nowMs)) {
    for (const refusal of ended) {
      detachRefusal(refusal);
      dirtyAgents.add(refusal.agent);
    }
  }
}

function book(
  state: AllocatorState,
  agent: AgentEntry,
  { grants, allocations }: { grants: Grant[]; allocations: Allocation[] },
): void {
  let available = agent.available;
  for (const { client, resources: from } of grants) {
    const role = client.role.name;
    const frameworkId = client.framework.id;
    const resources = allocateResources(from, role);
    const taken = withoutShared(from);
    available = available === taken ? [] : subtractResources(available, taken);
    hold(state, agent, { frameworkId, role, resources, client, isAllFree: from === agent.available });
    agent.lastGrant = { granted: resources, from };
    allocations.push({ frameworkId, role, agentId: agent.id, resources });
  }
  setAvailable(state, agent, available);
  markMaintenanceDue(state.maintenance, agent.id);
}

function allocateAll(state: AllocatorState, allocations: Allocation[]): void {
  for (const agent of candidates(state)) {
    const grants = planAgent(state, agent, { only: concerned(state, agent) });
    if (grants.length > 0) book(state, agent, { grants, allocations });
  }
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
    else
      giveWithinQuota(state, state.quota, {
        agents: candidates(state),
        give: (agent, grant) => book(state, agent, { grants: [grant], allocations }),
      });
    state.dirtyAgents.clear();
    state.freshClients.clear();
    state.runs++;
  }
  planLookAgain(state, nowMs);
  return allocations;
}
