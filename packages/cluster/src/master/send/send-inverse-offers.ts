// INVERSE_OFFERS: all that one allocation asks of a framework, in one event.
import type { InverseOffer } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** Sends the inverse offers; `pids` are the agents' addresses, in the same order. Drivers of today's Mesos ignore theirs. */
export function sendInverseOffers(
  turn: Turn,
  framework: Framework,
  { inverseOffers, pids }: { inverseOffers: InverseOffer[]; pids: string[] },
): void {
  if (inverseOffers.length === 0) return;
  sendEvent(turn, framework, {
    type: "INVERSE_OFFERS",
    event: () => ({ type: "INVERSE_OFFERS", inverse_offers: { inverse_offers: inverseOffers } }),
    message: (to) => ({
      type: "send-message",
      to,
      name: "InverseOffersMessage",
      body: { inverse_offers: inverseOffers, pids },
    }),
  });
}
