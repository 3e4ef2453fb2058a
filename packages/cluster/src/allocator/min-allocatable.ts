// The least amounts worth offering: `--min_allocatable_resources` and a framework's own `offer_filters`.
import { type OfferFilters, type Resource, type Result, parseQuantities, quantityOf } from "@mezzo/wire";
import { THOUSANDTHS } from "./quantity-vector.ts";

/** An amount in thousandths. */
interface LeastAmount {
  readonly name: string;
  readonly quantity: number;
}

/** Amounts that must all be there. */
type AllocatableSet = readonly LeastAmount[];

/** Sets of which one must be there; none at all means that anything may be offered. */
export type MinAllocatable = readonly AllocatableSet[];

/** Reads the flag: `cpus:0.01|mem:32` or `disk:1|cpus:1;mem:32;ports:1` (src/master/flags.cpp). */
export function parseMinAllocatable(text: string): Result<MinAllocatable> {
  const sets: AllocatableSet[] = [];
  for (const part of text.split("|").filter((part) => part.trim() !== "")) {
    const amounts = parseQuantities(part);
    if (!amounts.ok)
      return { ok: false, error: `Error parsing min_allocatable_resources '${text}': ${amounts.error}` };
    sets.push([...amounts.value].map(([name, quantity]) => ({ name, quantity })));
  }
  return { ok: true, value: sets };
}

/** A framework's own minimum for a role; undefined leaves the flag's in force (FrameworkInfo.offer_filters). */
export function minAllocatableOf(filters: OfferFilters | undefined): MinAllocatable | undefined {
  const minimum = filters?.min_allocatable_resources;
  if (minimum === undefined) return undefined;
  return (minimum.quantities ?? []).map((set) => {
    const amounts = Object.entries(set.quantities ?? {});
    return amounts.map(([name, scalar]) => ({ name, quantity: Math.round(scalar.value * THOUSANDTHS) }));
  });
}

function holdsSet(resources: readonly Resource[], set: AllocatableSet): boolean {
  for (const { name, quantity } of set) {
    let found = 0;
    for (const resource of resources) {
      if (resource.name === name) found += quantityOf(resource);
    }
    if (found < quantity) return false;
  }
  return true;
}

/** Whether a list is worth offering (HierarchicalAllocatorProcess::allocatable in hierarchical.cpp). */
export function isAllocatable(resources: readonly Resource[], minimum: MinAllocatable): boolean {
  if (resources.length === 0) return false;
  if (minimum.length === 0) return true;
  for (const set of minimum) {
    if (holdsSet(resources, set)) return true;
  }
  return false;
}
