// RESCIND: an offer is no longer valid.
import type { OfferID } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** Tells the framework that the offer is gone. */
export function sendRescind(turn: Turn, framework: Framework, offerId: OfferID): void {
  sendEvent(turn, framework, {
    type: "RESCIND",
    event: () => ({ type: "RESCIND", rescind: { offer_id: offerId } }),
    message: (to) => ({
      type: "send-message",
      to,
      name: "RescindResourceOfferMessage",
      body: { offer_id: offerId },
    }),
  });
}
