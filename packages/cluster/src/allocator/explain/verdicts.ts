// What becomes of each agent in the next cycle, as a framework in one role sees it. The cycle itself is run on a copy of the
// state, so that nothing said here can differ from what happens.
import type { Resource } from "@mezzo/wire";
import type { Allocation } from "../allocate.ts";
import { nextCycle } from "../next-cycle.ts";
import { nextTick } from "../refusals.ts";
import type { AgentEntry, AllocatorState, Client } from "../state.ts";
import { type Question, firstObstacle } from "./explain.ts";
import { lacksOf } from "./need.ts";
import type { Obstacle } from "./obstacle.ts";

/** The next cycle as it will be, by agent: most agents are offered at most once. */
export interface Foresight {
  readonly given: ReadonlyMap<string, readonly Allocation[]>;
  /** The state after it: only to read. */
  readonly after: AllocatorState;
}

/** Runs the next cycle on a copy. */
export function foresee(state: AllocatorState, nowMs: number): Foresight {
  const given = new Map<string, Allocation[]>();
  const { allocations, after } = nextCycle(state, nowMs);
  for (const allocation of allocations) {
    const list = given.get(allocation.agentId);
    if (list === undefined) given.set(allocation.agentId, [allocation]);
    else list.push(allocation);
  }
  return { given, after };
}

/** What keeps the agent from the client after the cycle, of what happened in it. */
function obstacleAfter(
  { after }: Foresight,
  { client, agent }: { client: Client; agent: AgentEntry },
  question: Question,
): Obstacle | undefined {
  const clientAfter = after.frameworks.get(client.framework.id)?.clients.get(client.role.name);
  const agentAfter = after.agents.get(agent.id);
  if (clientAfter === undefined || agentAfter === undefined) return undefined;
  return firstObstacle(after, { client: clientAfter, agent: agentAfter }, question);
}

function holdsNeed(resources: readonly Resource[], need: readonly Resource[]): boolean {
  return need.length === 0 || lacksOf(resources, need).length === 0;
}

function comesFirst(role: string, { frameworkId, role: other }: Allocation): Obstacle {
  return {
    role,
    filter: "share",
    reason: `framework ${frameworkId} in role ${other} comes first in the next cycle`,
  };
}

/** The first obstacle between the client and the agent; undefined when the next cycle offers it. */
export function verdictOf(
  state: AllocatorState,
  pair: { client: Client; agent: AgentEntry },
  { foresight, ...question }: Question & { foresight: Foresight },
): Obstacle | undefined {
  const { client, agent } = pair;
  const role = client.role.name;
  const given = foresight.given.get(agent.id) ?? [];
  const own = given.find((each) => each.frameworkId === client.framework.id && each.role === role);
  if (own !== undefined) {
    const { need = [] } = question;
    if (holdsNeed(own.resources, need)) return undefined;
    return { role, filter: "task-short", reason: "too little is free", lacks: lacksOf(own.resources, need) };
  }
  const obstacle = firstObstacle(state, pair, question);
  if (obstacle !== undefined) return obstacle;
  const [first] = given;
  if (first !== undefined) return comesFirst(role, first);
  const later = obstacleAfter(foresight, pair, question);
  if (later !== undefined) return later;
  // Only quota lets something wait that nobody else gets: for the tick at which all agents are looked at again.
  const untilMs = foresight.after.quota?.lookAgainAtMs ?? nextTick(state, question.nowMs);
  return {
    role,
    filter: "quota-waits",
    reason: "quota kept it back, it waits to be looked at again",
    untilMs,
  };
}
