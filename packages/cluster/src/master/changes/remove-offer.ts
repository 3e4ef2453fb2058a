// Ends offers.
import { type Filters, addResources, subtractResources } from "@mezzo/wire";
import type { OfferRecord } from "../offer.ts";
import { sendRescind } from "../send/send-rescind.ts";
import type { MasterState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { recoverResources } from "./recover-resources.ts";

/** Lists a new offer with its framework and agent. */
export function addOffer(state: MasterState, record: OfferRecord): void {
  const resources = record.offer.resources ?? [];
  state.offers.set(record.id, record);
  const framework = state.frameworks.registered.get(record.frameworkId);
  framework?.offers.add(record.id);
  if (framework !== undefined) {
    framework.totalOfferedResources = addResources(framework.totalOfferedResources, resources);
  }
  const agent = state.agents.registered.get(record.agentId);
  agent?.offers.add(record.id);
  if (agent !== undefined) agent.offeredResources = addResources(agent.offeredResources, resources);
}

/** Forgets an offer; its resources stay allocated. */
export function removeOffer(turn: Turn, record: OfferRecord): void {
  const { state } = turn;
  const resources = record.offer.resources ?? [];
  state.offers.delete(record.id);
  const framework = state.frameworks.registered.get(record.frameworkId);
  if (framework?.offers.delete(record.id) === true) {
    framework.totalOfferedResources = subtractResources(framework.totalOfferedResources, resources);
  }
  const agent = state.agents.registered.get(record.agentId);
  if (agent?.offers.delete(record.id) === true) {
    agent.offeredResources = subtractResources(agent.offeredResources, resources);
  }
  if (state.options.offerTimeout !== undefined) {
    turn.effects.push({ type: "cancel-timer", key: `offer-timeout/${record.id}` });
  }
}

/** Ends an offer without telling the framework, and gives its resources back. */
export function discardOffer(turn: Turn, record: OfferRecord, filters?: Filters): void {
  recoverResources(turn, {
    frameworkId: record.frameworkId,
    agentId: record.agentId,
    resources: record.offer.resources ?? [],
    filters,
  });
  removeOffer(turn, record);
}

/**
 * Ends an offer and tells the framework; with `filters` it is not offered the same for a while.
 * @see Mesos src/master/master.cpp Master::rescindOffer
 */
export function rescindOffer(turn: Turn, record: OfferRecord, filters?: Filters): void {
  const framework = turn.state.frameworks.registered.get(record.frameworkId);
  if (framework !== undefined) {
    framework.counters.offersRescinded++;
    sendRescind(turn, framework, record.offer.id);
  }
  discardOffer(turn, record, filters);
}

/** Ends all offers with these ids. */
export function endOffers(turn: Turn, ids: Iterable<string>, how: "rescind" | "discard"): void {
  for (const id of ids) {
    const record = turn.state.offers.get(id);
    if (record === undefined) continue;
    if (how === "rescind") rescindOffer(turn, record);
    else discardOffer(turn, record);
  }
}
