// Filters that look at the resources that would be offered.
import { isAllocatable } from "../min-allocatable.ts";
import { THOUSANDTHS, vectorOf } from "../quantity-vector.ts";
import { findRefusal } from "../refusals.ts";
import type { AllocatorState, Refusal } from "../state.ts";
import type { Candidate, OfferFilter } from "./offer-filter.ts";

/** Too little to be worth an offer. */
export const minAllocatableFilter: OfferFilter = {
  name: "min-allocatable",
  applies: (state, client) => (client.minAllocatable ?? state.minAllocatable).length > 0,
  check: (state, { client, resources }) =>
    resources.length === 0 || isAllocatable(resources, client.minAllocatable ?? state.minAllocatable),
  explain: (state, { client }) => {
    const sets = (client.minAllocatable ?? state.minAllocatable).map((set) =>
      set.map(({ name, quantity }) => `${name}:${quantity / THOUSANDTHS}`).join(";"),
    );
    return `less is free than the minimum worth offering (${sets.join("|")})`;
  },
};

function refusalOf(
  state: AllocatorState,
  { client, agent, resources }: Candidate,
  nowMs = Number.NEGATIVE_INFINITY,
): Refusal | undefined {
  if (client.refusals.size === 0) return undefined;
  const amounts = resources === agent.available ? agent.availableAmounts : vectorOf(state.names, resources);
  return findRefusal(client, agent, { resources, amounts, nowMs });
}

/** The framework has declined the same or more here, not long ago. */
export const refusedFilter: OfferFilter = {
  name: "refused",
  applies: () => true,
  check: (state, candidate, nowMs) => refusalOf(state, candidate, nowMs) === undefined,
  explain: (state, candidate) =>
    refusalOf(state, candidate)?.kind === "pause"
      ? "declined without a filter, waits for the next allocation interval"
      : "filtered",
  untilMs: (state, candidate, nowMs) => refusalOf(state, candidate, nowMs)?.expiresAtMs,
};
