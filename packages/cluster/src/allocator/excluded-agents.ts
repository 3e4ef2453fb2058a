// What `/allocator/offer_constraints_debug` shows (offerConstraintsDebug in hierarchical.cpp).
import { knownFramework } from "./known.ts";
import type { AllocatorState } from "./state.ts";

/** By role the framework subscribes to: ids of the agents its offer constraints exclude. Throws when unknown. */
export function excludedAgents(state: AllocatorState, frameworkId: string): Map<string, string[]> {
  const framework = knownFramework(state, frameworkId);
  const excluded = new Map<string, string[]>();
  for (const client of framework.clients.values()) {
    if (!client.subscribed) continue;
    const role = client.role.name;
    const agents = [...state.agents.values()].filter(
      (agent) => framework.constraints?.accepts(role, agent.info) === false,
    );
    excluded.set(
      role,
      agents.map((agent) => agent.id),
    );
  }
  return excluded;
}
