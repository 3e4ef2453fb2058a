// Why a framework is or is not offered an agent, in words: the same filters that decide, asked one by one.
import { offerFilters } from "./filters/offer-filters.ts";
import type { OfferFilter } from "./filters/offer-filter.ts";
import { quotaFilters, withinQuota } from "./filters/quota-filters.ts";
import { standingFilters } from "./filters/standing-filters.ts";
import { knownAgent, knownFramework } from "./known.ts";
import { visibleTo } from "./plan-agent.ts";
import type { AllocatorState } from "./state.ts";

/** One obstacle between a framework in a role and an agent. */
export interface Obstacle {
  role: string;
  /** The filter's name, stable, for programs. */
  filter: string;
  /** For people. */
  reason: string;
}

const allFilters: readonly OfferFilter[] = [...standingFilters, ...quotaFilters, ...offerFilters];

/**
 * All obstacles, role by role, in the order in which they are met; none for a role means that the agent is offered in
 * it as soon as its turn comes. Reads the state only, so call it after `allocate`. Throws when either is unknown.
 */
export function explain(state: AllocatorState, frameworkId: string, agentId: string): Obstacle[] {
  const agent = knownAgent(state, agentId);
  const obstacles: Obstacle[] = [];
  for (const client of knownFramework(state, frameworkId).clients.values()) {
    const seen = { client, agent, resources: visibleTo(client, agent, agent.available) };
    const within = { ...seen, resources: withinQuota(state, seen) };
    for (const filter of allFilters) {
      // What quota leaves is what the filters after it see, as when an offer is planned.
      const candidate = quotaFilters.includes(filter) || within.resources.length === 0 ? seen : within;
      if (!filter.applies(state, client) || filter.check(state, candidate)) continue;
      obstacles.push({
        role: client.role.name,
        filter: filter.name,
        reason: filter.explain(state, candidate),
      });
    }
  }
  return obstacles;
}
