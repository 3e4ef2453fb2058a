// Offers of an agent whose resources have turned out to be others.
import { containsResources, sumResources, unallocateResources } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import type { Turn } from "../turn.ts";
import { endOffers } from "./remove-offer.ts";

/** What was offered may not be there: an operation never reached the agent, or it runs what another master launched. */
export function rescindOverbooked(turn: Turn, agent: Agent): void {
  if (agent.offers.size === 0) return;
  const held = sumResources([...agent.usedResources.values(), agent.offeredResources]);
  if (!containsResources(agent.totalResources, unallocateResources(held))) {
    endOffers(turn, agent.offers, "rescind");
  }
}
