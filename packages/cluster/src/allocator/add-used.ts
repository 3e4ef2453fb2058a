// An agent comes back with work that was given up when its connection broke.
import type { Resource } from "@mezzo/wire";
import { recomputeAvailable } from "./agent-total.ts";
import { byRole } from "./by-role.ts";
import { hold } from "./holdings.ts";
import { knownAgent } from "./known.ts";
import type { AllocatorState } from "./state.ts";

/** What is in use beside what is booked, by framework id, with allocation_info. */
export interface ReportedUse {
  agentId: string;
  used: Iterable<readonly [string, readonly Resource[]]>;
}

/** Books it; frameworks may be unknown yet. Nothing of the agent may be offered. Throws when the agent is unknown. */
export function addUsed(state: AllocatorState, { agentId, used }: ReportedUse): void {
  const agent = knownAgent(state, agentId);
  state.operations++;
  for (const [frameworkId, resources] of used) {
    for (const [role, part] of byRole(resources)) hold(state, agent, { frameworkId, role, resources: part });
  }
  recomputeAvailable(state, agent);
}
