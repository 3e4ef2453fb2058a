// What becomes of each agent in the next cycle, as a framework in one role sees it. The cycle's own code is run on copies, so
// that nothing said here can differ from what happens.
import type { Resource } from "@mezzo/wire";
import { nextCycle } from "../next-cycle.ts";
import type { Given } from "../preview-cycle.ts";
import { nextTick } from "../refusals.ts";
import type { AgentEntry, AllocatorState, Client } from "../state.ts";
import { type ClientFilters, type Question, filtersAbout, firstObstacle } from "./explain.ts";
import { lacksOf } from "./need.ts";
import type { Obstacle } from "./obstacle.ts";

const NONE: readonly Given[] = [];

/** The next cycle as it will be, by agent: most agents are offered at most once. */
export interface Foresight {
  readonly given: ReadonlyMap<string, readonly Given[]>;
  /** The state after it: only to read, and only about agents of which nothing was given. */
  readonly after: AllocatorState;
  /** Of the clients that were asked about. */
  readonly filters: Map<Client, ClientFilters>;
}

/** Runs the next cycle on copies. */
export function foresee(state: AllocatorState, nowMs: number): Foresight {
  const given = new Map<string, Given[]>();
  const next = nextCycle(state, nowMs);
  for (const one of next.given) {
    const list = given.get(one.agentId);
    if (list === undefined) given.set(one.agentId, [one]);
    else list.push(one);
  }
  return { given, after: next.after, filters: new Map() };
}

/** The client's filters, looked up once for all agents. */
function filtersOf({ filters }: Foresight, state: AllocatorState, client: Client): ClientFilters {
  const known = filters.get(client);
  if (known !== undefined) return known;
  const found = filtersAbout(state, client);
  filters.set(client, found);
  return found;
}

/** What keeps the agent from the client after the cycle, of what happened in it. */
function obstacleAfter(
  foresight: Foresight,
  { client, agent }: { client: Client; agent: AgentEntry },
  question: Question,
): Obstacle | undefined {
  const { after } = foresight;
  const clientAfter = after.frameworks.get(client.framework.id)?.clients.get(client.role.name);
  const agentAfter = after.agents.get(agent.id);
  if (clientAfter === undefined || agentAfter === undefined) return undefined;
  const filters = filtersOf(foresight, after, clientAfter);
  return firstObstacle(after, { client: clientAfter, agent: agentAfter }, { ...question, filters });
}

function holdsNeed(resources: readonly Resource[], need: readonly Resource[]): boolean {
  return need.length === 0 || lacksOf(resources, need).length === 0;
}

function comesFirst(role: string, { frameworkId, role: other }: Given): Obstacle {
  return {
    role,
    filter: "share",
    reason: "another comes first in the next cycle",
    first: { frameworkId, role: other },
  };
}

/** What the client itself is given. */
function ownOf(given: readonly Given[], { framework, role }: Client): Given | undefined {
  for (const one of given) {
    if (one.frameworkId === framework.id && one.role === role.name) return one;
  }
  return undefined;
}

/** The first obstacle between the client and the agent; undefined when the next cycle offers it. */
export function verdictOf(
  state: AllocatorState,
  pair: { client: Client; agent: AgentEntry },
  { foresight, nowMs, need, reader }: Question & { foresight: Foresight },
): Obstacle | undefined {
  const { client, agent } = pair;
  const role = client.role.name;
  const given = foresight.given.get(agent.id) ?? NONE;
  const own = ownOf(given, client);
  if (own !== undefined && (need === undefined || holdsNeed(own.resources, need))) return undefined;
  const filters = filtersOf(foresight, state, client);
  const obstacle = firstObstacle(state, pair, { nowMs, need, filters, reader });
  if (obstacle !== undefined) return obstacle;
  if (own !== undefined)
    return {
      role,
      filter: "task-short",
      reason: "too little is free",
      lacks: lacksOf(own.resources, need ?? []),
    };
  const [first] = given;
  if (first !== undefined) return comesFirst(role, first);
  const later = obstacleAfter(foresight, pair, { nowMs, need, reader });
  if (later !== undefined) return later;
  // Only quota lets something wait that nobody else gets: for the tick at which all agents are looked at again.
  const untilMs = foresight.after.quota?.lookAgainAtMs ?? nextTick(state, nowMs);
  return {
    role,
    filter: "quota-waits",
    reason: "quota kept it back, it waits to be looked at again",
    untilMs,
  };
}
