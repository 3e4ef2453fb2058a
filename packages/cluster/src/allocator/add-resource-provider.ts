// An agent gets more than it registered with: what a resource provider brings, some of it in use already.
import { type Resource, addResources } from "@mezzo/wire";
import { setTotal } from "./agent-total.ts";
import { byRole } from "./by-role.ts";
import { hold } from "./holdings.ts";
import { knownAgent } from "./known.ts";
import type { AllocatorState } from "./state.ts";

export interface ProviderFacts {
  agentId: string;
  /** What is added, without allocation_info. */
  total: readonly Resource[];
  /** By framework id: what of it is in use, with allocation_info. */
  used: Iterable<readonly [string, readonly Resource[]]>;
}

/** Adds to an agent's total and to what is held of it. Throws when the agent is unknown. */
export function addResourceProvider(state: AllocatorState, { agentId, total, used }: ProviderFacts): void {
  const agent = knownAgent(state, agentId);
  state.operations++;
  for (const [frameworkId, resources] of used) {
    for (const [role, part] of byRole(resources)) hold(state, agent, { frameworkId, role, resources: part });
  }
  setTotal(state, agent, addResources(agent.total, total));
  state.dirtyAgents.add(agent);
}
