// An offer was held too long.
import { rescindOffer } from "../changes/remove-offer.ts";
import type { Turn } from "../turn.ts";

/** Rescinds it if it is still there. @see Mesos flag --offer_timeout */
export function offerTimer(turn: Turn, offerId: string): void {
  const record = turn.state.offers.get(offerId);
  if (record !== undefined) rescindOffer(turn, record);
}
