// How much quota lets a role have of an agent, and the cutting down to it.
import { type Resource, quantityOf, shrinkResource } from "@mezzo/wire";
import type { QuantityNames, QuantityVector } from "../quantity-vector.ts";
import type { Client, RoleEntry } from "../state.ts";
import { type Bounds, type QuotaLedger, consumedOf, countsInQuota, quotaOf } from "./quota-ledger.ts";

/** No bound on anything. */
export const UNBOUNDED: Bounds = [];

/** The smaller of two bounds. */
function least(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : Math.min(one, other);
}

/**
 * What may be given to anybody without touching what is owed to guarantees. Names that nobody is owed are not bounded.
 *
 *     free ├────────────── required ──────────────┼──── headroom ────┤
 */
export function headroomBounds(ledger: QuotaLedger): Bounds {
  if (ledger.unsatisfied.size === 0) return UNBOUNDED;
  const { required, free } = ledger;
  const bounds: (number | undefined)[] = [];
  for (let index = 0; index < required.length; index++) {
    const owed = required[index] ?? 0;
    bounds.push(owed > 0 ? Math.max(0, (free[index] ?? 0) - owed) : undefined);
  }
  return bounds;
}

/** What the limits of the client's role and those above it leave. */
export function limitBounds(ledger: QuotaLedger, client: Client): Bounds {
  let bounds: (number | undefined)[] | undefined;
  for (let entry: RoleEntry | undefined = client.role; entry !== undefined; entry = entry.parent) {
    const quota = quotaOf(ledger, entry);
    if (quota === undefined) continue;
    const { limits } = quota;
    for (let index = 0; index < limits.length; index++) {
      const limit = limits[index];
      if (limit === undefined) continue;
      bounds ??= [];
      while (bounds.length < index) bounds.push(undefined);
      bounds[index] = least(bounds[index], Math.max(0, limit - consumedOf(entry, quota, index)));
    }
  }
  return bounds ?? UNBOUNDED;
}

/** Whether amounts keep to what `limitBounds` says, without working that out. */
export function isWithinLimits(ledger: QuotaLedger, client: Client, amounts: QuantityVector): boolean {
  for (let entry: RoleEntry | undefined = client.role; entry !== undefined; entry = entry.parent) {
    const quota = quotaOf(ledger, entry);
    if (quota === undefined) continue;
    const length = Math.min(amounts.length, quota.limits.length);
    for (let index = 0; index < length; index++) {
      const limit = quota.limits[index];
      const amount = amounts[index] ?? 0;
      if (limit !== undefined && amount > 0 && amount + consumedOf(entry, quota, index) > limit) return false;
    }
  }
  return true;
}

/** The bounds that hold when both do. */
export function bothBounds(one: Bounds, other: Bounds): Bounds {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const bounds: (number | undefined)[] = [];
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index++) bounds.push(least(one[index], other[index]));
  return bounds;
}

/** What a role with an unsatisfied guarantee may have: that, and headroom beside it. */
export function guaranteeBounds(headroom: Bounds, unsatisfied: QuantityVector): Bounds {
  const bounds: (number | undefined)[] = [];
  for (let index = 0; index < headroom.length; index++) {
    const rest = headroom[index];
    bounds.push(rest === undefined ? undefined : rest + (unsatisfied[index] ?? 0));
  }
  return bounds;
}

/** Whether amounts exceed bounds anywhere. */
export function exceeds(amounts: QuantityVector, bounds: Bounds): boolean {
  const length = Math.min(amounts.length, bounds.length);
  for (let index = 0; index < length; index++) {
    const bound = bounds[index];
    if (bound !== undefined && (amounts[index] ?? 0) > bound) return true;
  }
  return false;
}

/**
 * The list with what counts in quota cut down to the bounds, entries in their order; the very list when it fits. What
 * cannot be cut, such as a whole disk, is left out when it is too large.
 */
export function cutDown(
  names: QuantityNames,
  resources: readonly Resource[],
  bounds: Bounds,
): readonly Resource[] {
  if (bounds.length === 0) return resources;
  const left = bounds.slice();
  let isCut = false;
  const kept: Resource[] = [];
  for (const resource of resources) {
    const index = names.indexes.get(resource.name) ?? -1;
    const bound = left[index];
    if (bound === undefined || !countsInQuota(resource)) {
      kept.push(resource);
      continue;
    }
    const part = bound === 0 ? undefined : shrinkResource(resource, bound);
    if (part !== resource) isCut = true;
    if (part === undefined) continue;
    left[index] = bound - quantityOf(part);
    kept.push(part);
  }
  return isCut ? kept : resources;
}
