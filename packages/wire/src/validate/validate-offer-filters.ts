// What a framework may ask offers to hold at least. Follows `validateOfferFilters` of src/common/validation.cpp.
import type { OfferFilters, OfferFiltersResourceQuantities } from "../messages.gen.ts";
import { firstError, prefixed } from "./prefixed.ts";
import { validateScalarValue } from "./validate-scalar-value.ts";

function validateQuantities({ quantities = {} }: OfferFiltersResourceQuantities): string | undefined {
  const entries = Object.entries(quantities);
  if (entries.length === 0) return "Resource quantities must contain at least one quantity";
  return firstError(entries, ([name, { value }]) =>
    prefixed(`Invalid resource quantity for '${name}': `, validateScalarValue(value)),
  );
}

/** Checks the filters of one role. */
export function validateOfferFilters(filters: OfferFilters): string | undefined {
  return firstError(filters.min_allocatable_resources?.quantities, validateQuantities);
}
