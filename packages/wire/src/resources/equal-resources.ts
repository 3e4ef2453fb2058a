// Whether two lists are the same resources in whatever order.
import type { Resource } from "../messages.gen.ts";
import { containsResources } from "./contains-resources.ts";

/** Whether each covers the other; follows `Resources::operator==` of resources.cpp. */
export function equalResources(left: readonly Resource[], right: readonly Resource[]): boolean {
  return left === right || (containsResources(left, right) && containsResources(right, left));
}
