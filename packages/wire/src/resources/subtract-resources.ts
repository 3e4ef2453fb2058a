// The difference of resources.
import type { Resource } from "../messages.gen.ts";
import { deduct } from "./accumulate.ts";

/**
 * Takes `right` from `left`. What `left` does not hold is ignored, and an amount that would fall below zero is gone:
 * ask `containsResources` first. Follows `Resources::operator-` of resources.cpp.
 */
export function subtractResources(left: readonly Resource[], right: readonly Resource[]): Resource[] {
  const result = left.slice();
  for (const resource of right) deduct(result, resource);
  return result;
}
