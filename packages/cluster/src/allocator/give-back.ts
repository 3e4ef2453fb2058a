// Resources return from a holder to an agent's free ones.
import { type Resource, addResources, unallocateResources } from "@mezzo/wire";
import { recomputeAvailable } from "./agent-total.ts";
import { letGo, setAvailable, withoutShared } from "./holdings.ts";
import type { AgentEntry, AllocatorState, Holding } from "./state.ts";

/**
 * Books resources (with allocation_info, of one role) back to the agent; when it is looked at again is the caller's. Returns them without
 * allocation_info. An agent that nobody uses any more offers its very total again: the same list, cheap to compare.
 */
export function giveBack(state: AllocatorState, agent: AgentEntry, holding: Holding): readonly Resource[] {
  const grant = agent.lastGrant;
  const isLastGrant = grant?.granted === holding.resources;
  const freed = isLastGrant ? grant.from : unallocateResources(holding.resources);
  letGo(state, agent, holding);
  const returned = withoutShared(freed);
  if (agent.overcommitted) recomputeAvailable(state, agent);
  else if (agent.held.length === 0) setAvailable(state, agent, agent.total);
  else if (agent.available.length === 0) setAvailable(state, agent, returned);
  else setAvailable(state, agent, addResources(agent.available, returned));
  if (isLastGrant) agent.lastGrant = undefined;
  return freed;
}
