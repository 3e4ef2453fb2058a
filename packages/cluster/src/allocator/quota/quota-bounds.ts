// How much quota lets a role have of an agent, and the cutting down to it.
import { type Resource, quantityOf, shrinkResource } from "@mezzo/wire";
import type { QuantityNames, QuantityVector } from "../quantity-vector.ts";
import type { AgentEntry, Client, RoleEntry } from "../state.ts";
import { type Bounds, type QuotaLedger, consumedOf, countsInQuota, quotaOf } from "./quota-ledger.ts";

/** What somebody is owed whose guarantee is satisfied, or who has none. */
export const NOTHING_OWED: QuantityVector = [];

/** No bound on anything. */
export const UNBOUNDED: Bounds = [];

/**
 * What may be given to anybody without touching what is owed to guarantees. Names that nobody is owed are not bounded.
 *
 *     free ├────────────── required ──────────────┼──── headroom ────┤
 */
export function headroomBounds({ unsatisfied, required, free }: QuotaLedger): Bounds {
  if (unsatisfied.size === 0) return UNBOUNDED;
  return required.map((owed, index) => (owed > 0 ? Math.max(0, (free[index] ?? 0) - owed) : Infinity));
}

/** What a role with an unsatisfied guarantee may have: that, and headroom beside it. */
export function guaranteeBounds(headroom: Bounds, unsatisfied: QuantityVector): Bounds {
  return headroom.map((rest, index) => rest + (unsatisfied[index] ?? 0));
}

/** Whether amounts keep to what `guaranteeBounds` says, without working that out. */
export function isWithinHeadroom(
  { required, free }: QuotaLedger,
  amounts: QuantityVector,
  unsatisfied: QuantityVector,
): boolean {
  const length = Math.min(amounts.length, required.length);
  for (let index = 0; index < length; index++) {
    const owed = required[index] ?? 0;
    if (owed === 0) continue;
    const headroom = Math.max(0, (free[index] ?? 0) - owed);
    if ((amounts[index] ?? 0) > headroom + (unsatisfied[index] ?? 0)) return false;
  }
  return true;
}

/** What the limits of the client's role and those above it leave. */
export function limitBounds(ledger: QuotaLedger, client: Client): Bounds {
  let bounds = UNBOUNDED;
  for (let entry: RoleEntry | undefined = client.role; entry !== undefined; entry = entry.parent) {
    const quota = quotaOf(ledger, entry);
    if (quota === undefined) continue;
    const role = entry;
    const left = quota.limits.map((limit, index) => Math.max(0, limit - consumedOf(role, quota, index)));
    bounds = bothBounds(bounds, left);
  }
  return bounds;
}

/** Whether amounts keep to what `limitBounds` says, without working that out. */
export function isWithinLimits(ledger: QuotaLedger, client: Client, amounts: QuantityVector): boolean {
  for (let entry: RoleEntry | undefined = client.role; entry !== undefined; entry = entry.parent) {
    const quota = quotaOf(ledger, entry);
    if (quota === undefined) continue;
    const length = Math.min(amounts.length, quota.limits.length);
    for (let index = 0; index < length; index++) {
      const amount = amounts[index] ?? 0;
      const limit = quota.limits[index] ?? Infinity;
      if (amount > 0 && amount + consumedOf(entry, quota, index) > limit) return false;
    }
  }
  return true;
}

/**
 * Whether a client may have all of an agent that it sees. Mostly that is all there is, whose sum is known; of anything else this
 * says no, and it has to be cut down to see.
 */
export function fitsQuota(
  ledger: QuotaLedger,
  { client, agent, resources }: { client: Client; agent: AgentEntry; resources: readonly Resource[] },
  owed: QuantityVector,
): boolean {
  return (
    resources === agent.available &&
    isWithinHeadroom(ledger, agent.availableAmounts, owed) &&
    isWithinLimits(ledger, client, agent.availableAmounts)
  );
}

/** The bounds that hold when both do. */
export function bothBounds(one: Bounds, other: Bounds): Bounds {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.map((bound, index) => Math.min(bound, short[index] ?? Infinity));
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
    const bound = left[index] ?? Infinity;
    if (bound === Infinity || !countsInQuota(resource)) {
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
