// The first reason between a framework in a role and an agent, as the master knows it: the allocator's, and where that only
// sees resources that are held, who holds them and since when. Names only frameworks and roles that the caller may see.
import { type Resource, addResources, unallocateResources } from "@mezzo/wire";
import { type Foresight, type Obstacle, lacksOf, verdictOf } from "../../../allocator/explain/index.ts";
import { visibleTo } from "../../../allocator/plan-agent.ts";
import type { AgentEntry, Client } from "../../../allocator/state.ts";
import type { Viewer } from "../../../authorization/viewer.ts";
import type { Agent } from "../../agent.ts";
import { seesFramework } from "../../authorization/seen-by.ts";
import type { OfferRecord } from "../../offer.ts";
import type { MasterState } from "../../state.ts";

export interface ReasonQuestion {
  foresight: Foresight;
  need: readonly Resource[] | undefined;
  nowMs: number;
  viewer: Viewer;
}

/** These say that something is held; offers may be all that holds it. */
const OF_HELD: ReadonlySet<string> = new Set(["nothing-free", "task-short", "min-allocatable"]);

function inactiveReason(agent: Agent): Pick<Obstacle, "filter" | "reason" | "sinceMs"> {
  const { drainInfo, estimatedDrainStartTime } = agent;
  if (drainInfo !== undefined) {
    const isDrained = drainInfo.state === "DRAINED";
    return {
      filter: isDrained ? "drained" : "draining",
      reason: isDrained ? "the agent is drained" : "the agent is draining",

      ...(estimatedDrainStartTime === undefined ? {} : { sinceMs: estimatedDrainStartTime }),
    };
  }
  if (agent.deactivated) return { filter: "deactivated", reason: "an operator has deactivated the agent" };
  return { filter: "disconnected", reason: "the agent is not connected" };
}

function offersOn(state: MasterState, agent: Agent): OfferRecord[] {
  return [...agent.offers].flatMap((id) => state.offers.get(id) ?? []);
}

function oldest(offers: readonly OfferRecord[]): number {
  return Math.min(...offers.map(({ createdMs }) => createdMs));
}

function sumOf(offers: readonly OfferRecord[]): Resource[] {
  let sum: Resource[] = [];
  for (const { offer } of offers) sum = addResources(sum, unallocateResources(offer.resources ?? []));
  return sum;
}

/** Who else holds offers: one by name, several by number, so that many agents still make one line. */
function holdersText(state: MasterState, offers: readonly OfferRecord[], viewer: Viewer): string {
  const ids = new Set(offers.map(({ frameworkId }) => frameworkId));
  const [first = ""] = ids;
  if (ids.size > 1) return `offered to ${ids.size} other frameworks`;
  const framework = state.frameworks.registered.get(first);
  if (!seesFramework(viewer, framework)) return "offered to another framework";
  return `offered to framework ${framework === undefined ? first : `${first} (${framework.info.name})`}`;
}

function firstText(
  state: MasterState,
  { frameworkId, role }: NonNullable<Obstacle["first"]>,
  viewer: Viewer,
): string {
  const isSeen = seesFramework(viewer, state.frameworks.registered.get(frameworkId));
  const who = isSeen ? `framework ${frameworkId} in role ${role}` : "another framework";
  return `${who} comes first in the next cycle`;
}

function heldReason(
  state: MasterState,
  { client, entry, agent }: { client: Client; entry: AgentEntry; agent: Agent },
  { need = [], obstacle, viewer }: Pick<ReasonQuestion, "need" | "viewer"> & { obstacle: Obstacle },
): Obstacle {
  const { role } = obstacle;
  const offers = offersOn(state, agent);
  const isOwn = ({ frameworkId, role: offered }: OfferRecord): boolean =>
    frameworkId === client.framework.id && offered === role;
  const own = offers.filter(isOwn);
  const suffices = (some: readonly OfferRecord[], rest: readonly Resource[] = []): boolean =>
    need.length === 0 ||
    lacksOf(addResources(visibleTo(client, entry, sumOf(some)), rest), need).length === 0;
  if (own.length > 0 && suffices(own))
    return { role, filter: "offered", reason: "offered to the framework itself", sinceMs: oldest(own) };
  const others = offers.filter((record) => !isOwn(record));
  const free = visibleTo(client, entry, entry.available);
  if (others.length > 0 && suffices(offers, free))
    return {
      role,
      filter: "offered-to-other",
      reason: holdersText(state, others, viewer),
      sinceMs: oldest(others),
    };
  if (obstacle.filter !== "nothing-free") return obstacle;
  return { role, filter: "in-use", reason: "all of it is in use by tasks, executors and operations" };
}

/** The first reason; undefined when the next cycle offers the agent. */
export function agentReason(
  state: MasterState,
  { client, entry }: { client: Client; entry: AgentEntry },
  { foresight, need, nowMs, viewer }: ReasonQuestion,
): Obstacle | undefined {
  const obstacle = verdictOf(
    state.allocator,
    { client, agent: entry },
    { foresight, need, nowMs, reader: viewer },
  );
  if (obstacle?.first !== undefined) return { ...obstacle, reason: firstText(state, obstacle.first, viewer) };
  const agent = state.agents.registered.get(entry.id);
  if (obstacle === undefined || agent === undefined) return obstacle;
  if (obstacle.filter === "agent-inactive") return { role: obstacle.role, ...inactiveReason(agent) };
  return OF_HELD.has(obstacle.filter)
    ? heldReason(state, { client, entry, agent }, { need, obstacle, viewer })
    : obstacle;
}
