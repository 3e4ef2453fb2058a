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

/** Every filter. A new mechanism (quota limits, draining, maintenance) is one more entry here. */
export const offerFilters: readonly OfferFilter[] = [
  gpuFilter,
  regionFilter,
  multiRoleFilter,
  hierarchicalRoleFilter,
  offerConstraintsFilter,
  minAllocatableFilter,
  refusedFilter,
];

/** The filters that can concern a client; to be asked again whenever its framework changes. */
export function filtersFor(state: AllocatorState, client: Client): readonly OfferFilter[] {
  return offerFilters.filter((filter) => filter.applies(state, client));
}
