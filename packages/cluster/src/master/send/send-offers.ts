// OFFERS: all that one allocation gives a framework, in one event.
import { type Offer, downgradeResources } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/**
 * The offer in the form that the framework's capabilities ask for: without allocation info for single-role
 * frameworks, in the older reservation format for those that do not know refinement.
 */
export function offerFor(framework: Framework, offer: Offer): Offer {
  let resources = offer.resources ?? [];
  let shown: Offer = offer;
  if (!framework.capabilities.has("MULTI_ROLE")) {
    const { allocation_info: _, ...rest } = offer;
    resources = resources.map(({ allocation_info: _info, ...resource }) => resource);
    shown = { ...rest, resources };
  }
  if (!framework.capabilities.has("RESERVATION_REFINEMENT")) {
    shown = { ...shown, resources: downgradeResources(resources) };
  }
  return shown;
}

/** Sends the offers; `pids` are the agents' addresses, in the offers' order. */
export function sendOffers(
  turn: Turn,
  framework: Framework,
  { offers, pids }: { offers: Offer[]; pids: string[] },
): void {
  if (offers.length === 0) return;
  framework.counters.offersSent += offers.length;
  const shown = offers.map((offer) => offerFor(framework, offer));
  sendEvent(turn, framework, {
    type: "OFFERS",
    event: () => ({ type: "OFFERS", offers: { offers: shown } }),
    message: (to) => ({
      type: "send-message",
      to,
      name: "ResourceOffersMessage",
      body: { offers: shown, pids },
    }),
  });
}
