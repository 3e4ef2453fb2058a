// Ends inverse offers that nobody answered.
import { updateInverseOffer } from "../../allocator/inverse-offers/update-inverse-offer.ts";
import { type InverseOfferRecord, deleteInverseOffer, inverseOffersOf } from "../inverse-offer.ts";
import { sendRescindInverseOffer } from "../send/send-rescind-inverse-offer.ts";
import type { Turn } from "../turn.ts";

/** Forgets an inverse offer; the allocator is not told. */
export function removeInverseOffer(turn: Turn, record: InverseOfferRecord): void {
  deleteInverseOffer(turn.state.inverseOffers, record);
  if (turn.state.options.offerTimeout !== undefined) {
    turn.effects.push({ type: "cancel-timer", key: `offer-timeout/${record.id}` });
  }
}

/** Ends an inverse offer without an answer; another one may follow. @see Mesos src/master/master.cpp removeInverseOffer */
export function endInverseOffer(turn: Turn, record: InverseOfferRecord, how: "rescind" | "discard"): void {
  const { state, now } = turn;
  const { frameworkId, agentId } = record;
  updateInverseOffer(state.allocator, { frameworkId, agentId, nowMs: now });
  state.allocationWanted = true;
  removeInverseOffer(turn, record);
  const framework = state.frameworks.registered.get(frameworkId);
  if (how === "rescind" && framework !== undefined) {
    sendRescindInverseOffer(turn, framework, record.inverseOffer.id);
  }
}

/** Ends all inverse offers of a framework or about an agent. */
export function endInverseOffers(
  turn: Turn,
  owner: { frameworkId: string } | { agentId: string },
  how: "rescind" | "discard",
): void {
  for (const record of inverseOffersOf(turn.state.inverseOffers, owner)) endInverseOffer(turn, record, how);
}
