// ACCEPT_INVERSE_OFFERS and DECLINE_INVERSE_OFFERS: will the framework have left in time?
import type { Filters, InverseOfferStatusStatus, OfferID } from "@mezzo/wire";
import { updateInverseOffer } from "../../../allocator/inverse-offers/update-inverse-offer.ts";
import { removeInverseOffer } from "../../changes/end-inverse-offers.ts";
import type { Framework } from "../../framework.ts";
import { toTimeInfo } from "../../time-info.ts";
import { type Turn, log } from "../../turn.ts";

/** Both calls carry these. */
export interface InverseOffersAnswer {
  inverse_offer_ids?: OfferID[];
  filters?: Filters;
}

/**
 * Keeps the answer for operators and lets the framework be as long as it asks. Inverse offers that are over, or another
 * framework's, are ignored. @see Mesos src/master/master.cpp acceptInverseOffers and declineInverseOffers
 */
export function answerInverseOffers(
  turn: Turn,
  framework: Framework,
  { status, call }: { status: Exclude<InverseOfferStatusStatus, "UNKNOWN">; call: InverseOffersAnswer },
): void {
  const { state, now } = turn;
  for (const { value: id } of call.inverse_offer_ids ?? []) {
    const record = state.inverseOffers.byId.get(id);
    if (record?.frameworkId !== framework.id) {
      log(turn, "warn", {
        message: "Ignoring an answer to an inverse offer that is no longer valid",
        facts: { frameworkId: framework.id, inverseOfferId: id, status },
      });
      continue;
    }
    const timestamp = toTimeInfo(now);
    updateInverseOffer(state.allocator, {
      frameworkId: framework.id,
      agentId: record.agentId,
      status: { status, framework_id: framework.frameworkId, timestamp },
      filters: call.filters ?? {},
      nowMs: now,
    });
    state.allocationWanted = true;
    removeInverseOffer(turn, record);
  }
}
