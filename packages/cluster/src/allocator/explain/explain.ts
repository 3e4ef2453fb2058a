// Why a framework is or is not offered an agent, in words: the same filters that decide, asked one by one.
import type { Resource } from "@mezzo/wire";
import { agentWideFilters, resourceFilters } from "../filters/offer-filters.ts";
import type { Candidate, OfferFilter } from "../filters/offer-filter.ts";
import { quotaFilters, withinQuota } from "../filters/quota-filters.ts";
import { agentStandingFilters, frameworkStandingFilters, freeFilters } from "../filters/standing-filters.ts";
import { knownAgent, knownFramework } from "../known.ts";
import { visibleTo } from "../plan-agent.ts";
import type { AgentEntry, AllocatorState, Client } from "../state.ts";
import { lacksOf } from "./need.ts";
import { notVisible } from "./not-visible.ts";
import type { Obstacle } from "./obstacle.ts";

/** What is asked about. */
export interface Question {
  nowMs: number;
  /** What a task needs: an offer with less of it is no answer. Unreserved unless it must be reserved. */
  need?: readonly Resource[] | undefined;
}

const NOTHING: readonly Resource[] = [];
const NO_NEED: readonly Resource[] = [];

/** Asks about the framework and the agent as they stand, whatever is free. */
const standing: readonly OfferFilter[] = [
  ...frameworkStandingFilters,
  ...agentStandingFilters,
  ...agentWideFilters,
];

/** What a filter says, if it says no. */
function ask(
  state: AllocatorState,
  filter: OfferFilter,
  { candidate, nowMs }: { candidate: Candidate; nowMs: number },
): Obstacle | undefined {
  const { client } = candidate;
  if (!filter.applies(state, client) || filter.check(state, candidate, nowMs)) return undefined;
  const reason = filter.explain(state, candidate);
  const untilMs = filter.untilMs?.(state, candidate, nowMs);
  return {
    role: client.role.name,
    filter: filter.name,
    reason,
    ...(untilMs === undefined ? {} : { untilMs }),
  };
}

function* standingObstacles(
  state: AllocatorState,
  pair: { client: Client; agent: AgentEntry },
  nowMs: number,
): Generator<Obstacle> {
  const candidate: Candidate = { ...pair, resources: NOTHING };
  for (const filter of standing) {
    const obstacle = ask(state, filter, { candidate, nowMs });
    if (obstacle !== undefined) yield obstacle;
  }
}

/** The first obstacle that has nothing to do with what is free; quota's wait after a failover is none. */
export function standingObstacle(
  state: AllocatorState,
  pair: { client: Client; agent: AgentEntry },
): Obstacle | undefined {
  for (const obstacle of standingObstacles(state, pair, Number.POSITIVE_INFINITY)) return obstacle;
  return undefined;
}

/**
 * The obstacles between a client and an agent, in the order in which they are met. What is kept waiting for the next tick
 * is the last, for then it is asked again about all others.
 */
function* obstaclesOf(
  state: AllocatorState,
  pair: { client: Client; agent: AgentEntry },
  { nowMs, need = NO_NEED }: Question,
): Generator<Obstacle> {
  const { client, agent } = pair;
  const role = client.role.name;
  yield* standingObstacles(state, pair, nowMs);
  if (need.length > 0) {
    const lacks = lacksOf(visibleTo(client, agent, agent.total), need);
    if (lacks.length > 0) {
      yield lacksOf(agent.total, need).length === 0
        ? { role, filter: "reserved", reason: notVisible(agent.total, client), lacks }
        : { role, filter: "task-too-large", reason: "the agent is too small even when empty", lacks };
    }
  }
  const seen = { client, agent, resources: visibleTo(client, agent, agent.available) };
  for (const filter of [...freeFilters, ...quotaFilters]) {
    const obstacle = ask(state, filter, { candidate: seen, nowMs });
    if (obstacle !== undefined) yield obstacle;
  }
  // What quota leaves is what the filters after it see, as when an offer is planned.
  const left = withinQuota(state, seen);
  const within = left.length === 0 ? seen : { ...seen, resources: left };
  if (need.length > 0 && seen.resources.length > 0) {
    const lacks = lacksOf(within.resources, need);
    if (lacks.length > 0) {
      if (lacksOf(seen.resources, need).length === 0)
        yield { role, filter: "quota-task", reason: "quota leaves the role too little", lacks };
      else if (lacksOf(agent.available, need).length === 0)
        yield { role, filter: "reserved", reason: notVisible(agent.available, client), lacks };
      else yield { role, filter: "task-short", reason: "too little is free", lacks };
    }
  }
  for (const filter of resourceFilters) {
    const obstacle = ask(state, filter, { candidate: within, nowMs });
    if (obstacle !== undefined) yield obstacle;
  }
}

/** The first obstacle; undefined when the agent is offered as soon as its turn comes, unless somebody else comes first. */
export function firstObstacle(
  state: AllocatorState,
  pair: { client: Client; agent: AgentEntry },
  question: Question,
): Obstacle | undefined {
  for (const obstacle of obstaclesOf(state, pair, question)) return obstacle;
  return undefined;
}

/** All obstacles of a framework, role by role. Reads the state only. Throws when either is unknown. */
export function explain(
  state: AllocatorState,
  { frameworkId, agentId, ...question }: Question & { frameworkId: string; agentId: string },
): Obstacle[] {
  const agent = knownAgent(state, agentId);
  const clients = [...knownFramework(state, frameworkId).clients.values()];
  return clients.flatMap((client) => [...obstaclesOf(state, { client, agent }, question)]);
}
