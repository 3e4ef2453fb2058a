// How much of what, by name, without regard to reservations: the currency of quota and of the allocator's sorters.
// Follows src/common/resource_quantities.cpp. Amounts are whole thousandths, never zero, never negative.
import type { Resource } from "../messages.gen.ts";
import { countRanges } from "../values/ranges.ts";
import { formatScalar, fromThousandths, toThousandths } from "../values/scalars.ts";
import { equalResource } from "./equal-resource.ts";

/** Thousandths by resource name; a name that is absent has none. */
export type Quantities = ReadonlyMap<string, number>;

/** The amount of one resource in thousandths: a set counts its items, ranges their numbers. */
export function quantityOf(resource: Resource): number {
  switch (resource.type) {
    case "SCALAR":
      return toThousandths(resource.scalar?.value ?? 0);
    case "RANGES":
      return toThousandths(countRanges(resource.ranges?.range ?? []));
    case "SET":
      return toThousandths((resource.set?.item ?? []).length);
    default:
      return 0;
  }
}

/** Adds up resources by name. Copies of a shared resource count once, as it exists once. */
export function quantitiesOf(resources: readonly Resource[]): Map<string, number> {
  const result = new Map<string, number>();
  for (let i = 0; i < resources.length; i++) {
    const resource = resources[i]!;
    if (resource.shared !== undefined && resources.findIndex((other) => equalResource(other, resource)) < i)
      continue;
    const quantity = quantityOf(resource);
    if (quantity > 0) result.set(resource.name, (result.get(resource.name) ?? 0) + quantity);
  }
  return result;
}

/** The sum by name. */
export function addQuantities(left: Quantities, right: Quantities): Map<string, number> {
  const result = new Map(left);
  for (const [name, quantity] of right) result.set(name, (result.get(name) ?? 0) + quantity);
  return result;
}

/** The difference by name; what would be zero or negative is gone. */
export function subtractQuantities(left: Quantities, right: Quantities): Map<string, number> {
  const result = new Map(left);
  for (const [name, quantity] of right) {
    const rest = (result.get(name) ?? 0) - quantity;
    if (rest > 0) result.set(name, rest);
    else result.delete(name);
  }
  return result;
}

/** Whether `whole` has at least as much of everything in `part`. */
export function containsQuantities(whole: Quantities, part: Quantities): boolean {
  for (const [name, quantity] of part) {
    if ((whole.get(name) ?? 0) < quantity) return false;
  }
  return true;
}

/** Whether quantities stay within limits. Here a name that is absent has no limit and zero is a limit (docs/quota.md). */
export function isWithinLimits(limits: Quantities, quantities: Quantities): boolean {
  for (const [name, limit] of limits) {
    if ((quantities.get(name) ?? 0) > limit) return false;
  }
  return true;
}

/** What limits leave after quantities are used, not below zero; unlimited names stay unlimited. */
export function subtractFromLimits(limits: Quantities, quantities: Quantities): Map<string, number> {
  const result = new Map<string, number>();
  for (const [name, limit] of limits) result.set(name, Math.max(0, limit - (quantities.get(name) ?? 0)));
  return result;
}

/** Writes quantities or limits by name as `cpus:1; mem:32`; `{}` when there are none. */
export function formatQuantities(quantities: Quantities): string {
  if (quantities.size === 0) return "{}";
  const names = [...quantities.keys()].sort();
  return names.map((name) => `${name}:${formatScalar(fromThousandths(quantities.get(name)!))}`).join("; ");
}
