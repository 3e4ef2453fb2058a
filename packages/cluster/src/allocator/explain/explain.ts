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
import { type Reader, READS_EVERYTHING } from "./reader.ts";

/** What is asked about. */
export interface Question {
  nowMs: number;
  /** What a task needs: an offer with less of it is no answer. Unreserved unless it must be reserved. */
  need?: readonly Resource[] | undefined;
  /** Of the client, where they are known already. */
  filters?: ClientFilters | undefined;
  /** For whom the reasons are worded; for somebody who may see everything when absent. */
  reader?: Reader | undefined;
}

const NOTHING: readonly Resource[] = [];

/** The filters that can concern a client, in the order in which they are asked. */
export interface ClientFilters {
  /** About the framework and the agent as they stand, whatever is free. */
  readonly standing: readonly OfferFilter[];
  /** About what is free. */
  readonly free: readonly OfferFilter[];
  /** About what would be offered. */
  readonly offered: readonly OfferFilter[];
}

/** Whether a filter concerns a client does not depend on the agent: for a question about many agents it is asked once. */
export function filtersAbout(state: AllocatorState, client: Client): ClientFilters {
  const applies = (filter: OfferFilter): boolean => filter.applies(state, client);
  return {
    standing: [...frameworkStandingFilters, ...agentStandingFilters, ...agentWideFilters].filter(applies),
    free: [...freeFilters, ...quotaFilters].filter(applies),
    offered: resourceFilters.filter(applies),
  };
}

/** Obstacles as they are found, until there are enough. */
class Obstacles {
  readonly found: Obstacle[] = [];
  readonly #limit: number;
  readonly #reader: Reader;

  constructor({ limit, reader }: { limit: number; reader: Reader }) {
    this.#limit = limit;
    this.#reader = reader;
  }

  get isFull(): boolean {
    return this.found.length >= this.#limit;
  }

  /** Has the filters asked. */
  ask(
    state: AllocatorState,
    filters: readonly OfferFilter[],
    { candidate, nowMs }: { candidate: Candidate; nowMs: number },
  ): void {
    for (const filter of filters) {
      if (this.isFull) return;
      if (filter.check(state, candidate, nowMs)) continue;
      const reason = filter.explain(state, candidate, this.#reader);
      const untilMs = filter.untilMs?.(state, candidate, nowMs);
      this.found.push({
        role: candidate.client.role.name,
        filter: filter.name,
        reason,
        ...(untilMs === undefined ? {} : { untilMs }),
      });
    }
  }
}

/** The first obstacle that has nothing to do with what is free; quota's wait after a failover is none. */
export function standingObstacle(
  state: AllocatorState,
  pair: { client: Client; agent: AgentEntry },
): Obstacle | undefined {
  const obstacles = new Obstacles({ limit: 1, reader: READS_EVERYTHING });
  const { standing } = filtersAbout(state, pair.client);
  const candidate: Candidate = { ...pair, resources: NOTHING };
  obstacles.ask(state, standing, { candidate, nowMs: Number.POSITIVE_INFINITY });
  return obstacles.found[0];
}

/** What the task would lack if the agent were empty. */
function tooLarge(
  { client, agent }: Candidate,
  { need, reader }: { need: readonly Resource[]; reader: Reader },
): Obstacle | undefined {
  const role = client.role.name;
  const lacks = lacksOf(visibleTo(client, agent, agent.total), need);
  if (lacks.length === 0) return undefined;
  return lacksOf(agent.total, need).length === 0
    ? { role, filter: "reserved", reason: notVisible(agent.total, client, reader), lacks }
    : { role, filter: "task-too-large", reason: "the agent is too small even when empty", lacks };
}

/** What the task lacks of what is free, and why. */
function tooLittle(
  { client, agent, resources: seen }: Candidate,
  { within, need, reader }: { within: readonly Resource[]; need: readonly Resource[]; reader: Reader },
): Obstacle | undefined {
  const role = client.role.name;
  const lacks = lacksOf(within, need);
  if (lacks.length === 0) return undefined;
  if (lacksOf(seen, need).length === 0)
    return { role, filter: "quota-task", reason: "quota leaves the role too little", lacks };
  return lacksOf(agent.available, need).length === 0
    ? { role, filter: "reserved", reason: notVisible(agent.available, client, reader), lacks }
    : { role, filter: "task-short", reason: "too little is free", lacks };
}

/**
 * The obstacles between a client and an agent, in the order in which they are met, so many at most. What is kept waiting for
 * the next tick is the last, for then it is asked again about all others.
 */
function obstaclesOf(
  state: AllocatorState,
  { client, agent }: { client: Client; agent: AgentEntry },
  { nowMs, need = NOTHING, filters, reader = READS_EVERYTHING, limit }: Question & { limit: number },
): Obstacle[] {
  const { standing, free, offered } = filters ?? filtersAbout(state, client);
  const obstacles = new Obstacles({ limit, reader });
  const { found } = obstacles;
  const seen: Candidate = { client, agent, resources: visibleTo(client, agent, agent.available) };
  obstacles.ask(state, standing, { candidate: seen, nowMs });
  if (obstacles.isFull) return found;
  const large = need.length === 0 ? undefined : tooLarge(seen, { need, reader });
  if (large !== undefined) found.push(large);
  obstacles.ask(state, free, { candidate: seen, nowMs });
  if (obstacles.isFull) return found;
  // What quota leaves is what the filters after it see, as when an offer is planned.
  const left = withinQuota(state, seen);
  const within = left.length === 0 || left === seen.resources ? seen : { ...seen, resources: left };
  const little =
    need.length === 0 || seen.resources.length === 0
      ? undefined
      : tooLittle(seen, { within: within.resources, need, reader });
  if (little !== undefined) found.push(little);
  obstacles.ask(state, offered, { candidate: within, nowMs });
  return found;
}

/** The first obstacle; undefined when the agent is offered as soon as its turn comes, unless somebody else comes first. */
export function firstObstacle(
  state: AllocatorState,
  pair: { client: Client; agent: AgentEntry },
  question: Question,
): Obstacle | undefined {
  return obstaclesOf(state, pair, { ...question, limit: 1 })[0];
}

/** All obstacles of a framework, role by role. Reads the state only. Throws when either is unknown. */
export function explain(
  state: AllocatorState,
  { frameworkId, agentId, ...question }: Question & { frameworkId: string; agentId: string },
): Obstacle[] {
  const agent = knownAgent(state, agentId);
  const clients = [...knownFramework(state, frameworkId).clients.values()];
  const limit = Number.POSITIVE_INFINITY;
  return clients.flatMap((client) => obstaclesOf(state, { client, agent }, { ...question, limit }));
}
