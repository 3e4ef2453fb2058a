// The sum of resources.
import type { Resource } from "../messages.gen.ts";
import { accumulate } from "./accumulate.ts";

/**
 * Adds `right` to `left`. `left` is a list as these functions return it; `right` may be any valid list. Entries that do
 * not change are shared. Neither argument is changed. Follows `Resources::operator+` of resources.cpp.
 */
export function addResources(left: readonly Resource[], right: readonly Resource[]): Resource[] {
  const result = left.slice();
  for (const resource of right) accumulate(result, resource);
  return result;
}

/** Adds up any number of lists, without a copy for each. */
export function sumResources(lists: Iterable<readonly Resource[]>): Resource[] {
  const result: Resource[] = [];
  for (const list of lists) {
    for (const resource of list) accumulate(result, resource);
  }
  return result;
}
