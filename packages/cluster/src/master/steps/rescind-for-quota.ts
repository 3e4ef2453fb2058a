// Offers that stand in the way of a new quota. How many have to go is a rough estimate, as in Mesos: what looks free may
// be offered to somebody already.
import {
  type Quantities,
  type QuotaConfig,
  addQuantities,
  containsQuantities,
  isStrictSubroleOf,
  isWithinLimits,
  quantitiesOf,
  subtractQuantities,
} from "@mezzo/wire";
import { rescindOffer } from "../changes/remove-offer.ts";
import type { OfferRecord } from "../offer.ts";
import { quotaOf } from "../quota.ts";
import { breakdownOf, roleBreakdowns } from "../role-breakdown.ts";
import type { MasterState } from "../state.ts";
import type { Turn } from "../turn.ts";

function isOf(record: OfferRecord, role: string): boolean {
  return record.role === role || isStrictSubroleOf(record.role, role);
}

/** The offers with these ids, as they are now: they may be rescinded on the way. */
function offersOf(state: MasterState, ids: Iterable<string>): OfferRecord[] {
  return [...ids].flatMap((id) => state.offers.get(id) ?? []);
}

function quantitiesOfOffer({ offer }: OfferRecord): Quantities {
  return quantitiesOf(offer.resources ?? []);
}

/** Rescinds the role's own offers until it is within its limits; what is left of its consumption and offers. */
function enforceLimits(
  turn: Turn,
  role: string,
  { limits, held }: { limits: Quantities; held: Quantities },
): Quantities {
  let left = held;
  for (const framework of turn.state.frameworks.registered.values()) {
    for (const record of offersOf(turn.state, framework.offers)) {
      if (isWithinLimits(limits, left)) return left;
      if (!isOf(record, role)) continue;
      left = subtractQuantities(left, quantitiesOfOffer(record));
      rescindOffer(turn, record);
    }
  }
  return left;
}

/** Rescinds offers for UPDATE_QUOTA. @see Mesos src/master/quota_handler.cpp QuotaHandler::_update */
export function rescindForQuota(turn: Turn, config: QuotaConfig): void {
  const { state } = turn;
  const { guarantees, limits } = quotaOf(config);
  if (state.offers.size === 0 || (guarantees.size === 0 && limits.size === 0)) return;
  const { role } = config;
  const { consumed, offered } = breakdownOf(roleBreakdowns(state), role);
  let covered = enforceLimits(turn, role, { limits, held: addQuantities(consumed, offered) });
  for (const agent of state.agents.registered.values()) {
    for (const record of offersOf(state, agent.offers)) {
      if (containsQuantities(covered, guarantees)) return;
      if (isOf(record, role)) continue;
      covered = addQuantities(covered, quantitiesOfOffer(record));
      rescindOffer(turn, record);
    }
  }
}

/**
 * Rescinds offers for SET_QUOTA: all of an agent at once, until there is enough for the guarantee and every framework of the
 * role could get an agent.
 * @see Mesos src/master/quota_handler.cpp QuotaHandler::rescindOffers
 */
export function rescindForRequest(turn: Turn, config: QuotaConfig): void {
  const { state } = turn;
  const { guarantees } = quotaOf(config);
  const frameworks = [...(state.roles.get(config.role) ?? [])].filter((id) => {
    const framework = state.frameworks.registered.get(id);
    return framework?.state === "connected" && framework.active;
  });
  let rescinded: Quantities = new Map();
  let visited = 0;
  for (const agent of state.agents.registered.values()) {
    if (visited >= frameworks.length && containsQuantities(rescinded, guarantees)) return;
    if (!agent.connected || !agent.active || agent.offers.size === 0) continue;
    visited++;
    for (const record of offersOf(state, agent.offers)) {
      rescinded = addQuantities(rescinded, quantitiesOfOffer(record));
      rescindOffer(turn, record);
    }
  }
}
