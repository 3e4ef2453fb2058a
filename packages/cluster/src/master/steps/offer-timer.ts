// An offer or inverse offer was held too long.
import { endInverseOffer } from "../changes/end-inverse-offers.ts";
import { rescindOffer } from "../changes/remove-offer.ts";
import type { Turn } from "../turn.ts";

/** Rescinds it if it is still there. @see Mesos flag --offer_timeout */
export function offerTimer(turn: Turn, offerId: string): void {
  const record = turn.state.offers.get(offerId);
  if (record !== undefined) return rescindOffer(turn, record);
  const inverse = turn.state.inverseOffers.byId.get(offerId);
  return inverse === undefined ? undefined : endInverseOffer(turn, inverse, "rescind");
}
