// DECLINE: not these, and not for a while.
import type { SchedulerCallDecline } from "@mezzo/wire";
import { discardOffer } from "../changes/remove-offer.ts";
import type { Framework } from "../framework.ts";
import { type Turn, log } from "../turn.ts";

/** Seconds that declined resources stay away when the call does not say. @see Mesos include/mesos/v1/mesos.proto Filters */
export const DEFAULT_REFUSE_SECONDS = 5;

/** Gives the offers' resources back with the call's filter. */
export function declineOffers(turn: Turn, framework: Framework, call: SchedulerCallDecline): void {
  const { state } = turn;
  state.counters.messages_decline_offers++;
  const filters = { refuse_seconds: call.filters?.refuse_seconds ?? DEFAULT_REFUSE_SECONDS };
  for (const { value: offerId } of call.offer_ids ?? []) {
    const record = state.offers.get(offerId);
    if (record === undefined || record.frameworkId !== framework.id) {
      log(turn, "warn", {
        message: "Ignoring a decline of an offer that is no longer valid",
        facts: { offerId },
      });
      continue;
    }
    framework.counters.offersDeclined++;
    discardOffer(turn, record, filters);
  }
}
