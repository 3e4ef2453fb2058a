// RESCIND_INVERSE_OFFER: an inverse offer is no longer asked.
import type { OfferID } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** Tells the framework that it need not answer any more. */
export function sendRescindInverseOffer(turn: Turn, framework: Framework, inverseOfferId: OfferID): void {
  const body = { inverse_offer_id: inverseOfferId };
  sendEvent(turn, framework, {
    type: "RESCIND_INVERSE_OFFER",
    event: () => ({ type: "RESCIND_INVERSE_OFFER", rescind_inverse_offer: body }),
    message: (to) => ({ type: "send-message", to, name: "RescindInverseOfferMessage", body }),
  });
}
