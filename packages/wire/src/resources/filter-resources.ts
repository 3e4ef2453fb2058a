// Picking entries and reading amounts.
import type { Resource, ValueRange } from "../messages.gen.ts";
import { addRanges } from "../values/ranges.ts";
import { fromThousandths, toThousandths } from "../values/scalars.ts";
import { withoutSharedCopies } from "./normalize-resources.ts";

/** The entries that pass; they stay joined, so nothing else is to be done. */
export function filterResources(
  resources: readonly Resource[],
  passes: (resource: Resource) => boolean,
): Resource[] {
  return resources.filter((resource) => passes(resource));
}

/** The sum of all scalars of a name; undefined when there is none. Copies of a shared resource count once. */
export function scalarOf(resources: readonly Resource[], name: string): number | undefined {
  let total: number | undefined;
  for (const resource of withoutSharedCopies(resources)) {
    if (resource.name !== name || resource.type !== "SCALAR") continue;
    total = (total ?? 0) + toThousandths(resource.scalar?.value ?? 0);
  }
  return total === undefined ? undefined : fromThousandths(total);
}

/** All ranges of a name, coalesced: the ports of an offer, say. */
export function rangesOf(resources: readonly Resource[], name: string): readonly ValueRange[] {
  let total: readonly ValueRange[] = [];
  for (const resource of resources) {
    if (resource.name === name && resource.type === "RANGES")
      total = addRanges(total, resource.ranges?.range ?? []);
  }
  return total;
}
