// Why quota gives a candidate nothing of what it would otherwise be offered. Planning cuts resources down itself; only
// `explain` asks these filters.
import type { Resource } from "@mezzo/wire";
import { THOUSANDTHS, type QuantityNames } from "../quantity-vector.ts";
import { type Bounds, type QuotaLedger, consumedOf, quotaOf } from "../quota/quota-ledger.ts";
import { bothBounds, cutDown, guaranteeBounds, headroomBounds, limitBounds } from "../quota/quota-bounds.ts";
import type { AllocatorState, Client, RoleEntry } from "../state.ts";
import type { Candidate, OfferFilter } from "./offer-filter.ts";

/** What may go to the client without touching what others are owed: its role's own guarantee is no obstacle. */
function headroomFor(ledger: QuotaLedger, client: Client): Bounds {
  let bounds = headroomBounds(ledger);
  for (let entry: RoleEntry | undefined = client.role; entry !== undefined; entry = entry.parent) {
    const quota = quotaOf(ledger, entry);
    if (quota !== undefined) bounds = guaranteeBounds(bounds, quota.unsatisfied);
  }
  return bounds;
}

/** The candidate's resources as far as quota allows; the very list where it does not matter. */
export function withinQuota(state: AllocatorState, { client, resources }: Candidate): readonly Resource[] {
  const ledger = state.quota;
  if (ledger === undefined) return resources;
  return cutDown(
    state.names,
    resources,
    bothBounds(headroomFor(ledger, client), limitBounds(ledger, client)),
  );
}

function amountText(names: QuantityNames, index: number, amount: number): string {
  return `${names.names[index] ?? ""}:${amount / THOUSANDTHS}`;
}

/** The same as far as the limits of the client's roles allow, whatever is owed to others. */
function withinLimits(state: AllocatorState, { client, resources }: Candidate): readonly Resource[] {
  const ledger = state.quota;
  return ledger === undefined ? resources : cutDown(state.names, resources, limitBounds(ledger, client));
}

/** `cpus:2 of cpus:2` for each limit that is used up. */
function usedUp({ names, quota: ledger }: AllocatorState, role: RoleEntry): string[] {
  const lines: string[] = [];
  for (let entry: RoleEntry | undefined = role; entry !== undefined; entry = entry.parent) {
    const { name } = entry;
    const quota = ledger === undefined ? undefined : quotaOf(ledger, entry);
    quota?.limits.forEach((limit, index) => {
      if (consumedOf(entry, quota, index) < limit) return;
      const consumed = amountText(names, index, consumedOf(entry, quota, index));
      lines.push(`role ${name} has ${consumed} of at most ${amountText(names, index, limit)}`);
    });
  }
  return lines;
}

const quotaLimitFilter: OfferFilter = {
  name: "quota-limit",
  applies: (state) => state.quota !== undefined,
  check: (state, candidate) => candidate.resources.length === 0 || withinLimits(state, candidate).length > 0,
  explain: (state, { client }) => `the quota's limit is reached: ${usedUp(state, client.role).join("; ")}`,
};

const quotaHeadroomFilter: OfferFilter = {
  name: "quota-headroom",
  applies: (state) => state.quota !== undefined,
  check: (state, candidate) =>
    withinQuota(state, candidate).length > 0 || withinLimits(state, candidate).length === 0,
  explain: (state) => {
    const owed = (state.quota?.required ?? []).flatMap((amount, index) =>
      amount > 0 ? [amountText(state.names, index, amount)] : [],
    );
    return `what is free is kept for roles whose guarantee is not satisfied; they lack ${owed.join(";")}`;
  },
};

/** In the order in which `explain` asks. */
export const quotaFilters: readonly OfferFilter[] = [quotaLimitFilter, quotaHeadroomFilter];
