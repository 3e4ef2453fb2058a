// An agent has registered or re-registered.
import type { AgentInfo, AgentInfoCapabilityType, Resource, Unavailability } from "@mezzo/wire";
import { setTotal } from "./agent-total.ts";
import { byRole } from "./by-role.ts";
import { agentCapabilitiesOf } from "./capabilities.ts";
import { hold } from "./holdings.ts";
import { noteReported } from "./quota/quota-ledger.ts";
import { updateUnavailability } from "./inverse-offers/update-unavailability.ts";
import type { AgentEntry, AllocatorState } from "./state.ts";

/** What the allocator is told of an agent. */
export interface AgentFacts {
  agentId: string;
  info: AgentInfo;
  capabilities: readonly AgentInfoCapabilityType[];
  /** All it has, in the post-refinement format, without allocation_info; revocable resources included. */
  total: readonly Resource[];
  /** By framework id: what runs on it already, with allocation_info. Frameworks may be unknown yet. */
  used?: Iterable<readonly [string, readonly Resource[]]>;
  active?: boolean;
  /** When it will be down for maintenance, if that is planned. */
  unavailability?: Unavailability | undefined;
}

/** Adds an agent; its free resources are given out by the next `allocate`. Throws when the agent is known. */
export function addAgent(state: AllocatorState, facts: AgentFacts): void {
  const { agentId } = facts;
  if (state.agents.has(agentId)) throw new Error(`Cannot add agent ${agentId}: it is known`);
  state.operations++;
  const agent: AgentEntry = {
    id: agentId,
    info: facts.info,
    capabilities: agentCapabilitiesOf(facts.capabilities),
    active: facts.active ?? true,
    total: [],
    totalAmounts: [],
    available: [],
    availableAmounts: [],
    freeInQuota: [],
    held: [],
    refusals: new Map(),
    plain: true,
    hasShared: false,
    overcommitted: false,
    hasGpu: false,
    lastGrant: undefined,
  };
  state.agents.set(agentId, agent);
  for (const [frameworkId, resources] of facts.used ?? []) {
    for (const [role, part] of byRole(resources)) hold(state, agent, { frameworkId, role, resources: part });
    noteReported(state);
  }
  setTotal(state, agent, facts.total);
  state.dirtyAgents.add(agent);
  if (facts.unavailability !== undefined) updateUnavailability(state, agentId, facts.unavailability);
}
