// The ordered list of all reasons not to offer: cheap and lasting ones first, for `explain` names the first that fails.
import type { AllocatorState, Client } from "../state.ts";
import {
  gpuFilter,
  hierarchicalRoleFilter,
  multiRoleFilter,
  offerConstraintsFilter,
  regionFilter,
} from "./agent-filters.ts";
import type { OfferFilter } from "./offer-filter.ts";
import { minAllocatableFilter, refusedFilter } from "./resource-filters.ts";

/** Those that look at the agent as a whole. */
export const agentWideFilters: readonly OfferFilter[] = [
  gpuFilter,
  regionFilter,
  multiRoleFilter,
  hierarchicalRoleFilter,
  offerConstraintsFilter,
];

/** Those that look at what would be offered. */
export const resourceFilters: readonly OfferFilter[] = [minAllocatableFilter, refusedFilter];

/** Every filter. A new mechanism is one more entry above. */
const offerFilters: readonly OfferFilter[] = [...agentWideFilters, ...resourceFilters];

/** The filters that can concern a client; to be asked again whenever its framework changes. */
export function filtersFor(state: AllocatorState, client: Client): readonly OfferFilter[] {
  return offerFilters.filter((filter) => filter.applies(state, client));
}
