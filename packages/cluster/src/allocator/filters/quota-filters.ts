// Why quota gives a candidate nothing of what it would otherwise be offered. Planning cuts resources down itself; only
// `explain` asks these filters.
import type { Resource } from "@mezzo/wire";
import type { Reader } from "../explain/reader.ts";
import { THOUSANDTHS, type QuantityNames, type QuantityVector } from "../quantity-vector.ts";
import {
  NOTHING_OWED,
  bothBounds,
  cutDown,
  fitsQuota,
  guaranteeBounds,
  headroomBounds,
  isWithinLimits,
  limitBounds,
} from "../quota/quota-bounds.ts";
import { type QuotaLedger, consumedOf, quotaOf } from "../quota/quota-ledger.ts";
import type { AllocatorState, Client, RoleEntry } from "../state.ts";
import type { Candidate, OfferFilter } from "./offer-filter.ts";

/** What the client's role is owed: no obstacle for the client. Roles below others have no quota. */
function owedTo(ledger: QuotaLedger, client: Client): QuantityVector {
  for (let entry: RoleEntry | undefined = client.role; entry !== undefined; entry = entry.parent) {
    const quota = quotaOf(ledger, entry);
    if (quota !== undefined) return quota.unsatisfied;
  }
  return NOTHING_OWED;
}

/** The candidate's resources as far as quota allows; the very list where it does not matter. */
export function withinQuota(state: AllocatorState, candidate: Candidate): readonly Resource[] {
  const { client, resources } = candidate;
  const ledger = state.quota;
  if (ledger === undefined) return resources;
  const owed = owedTo(ledger, client);
  if (fitsQuota(ledger, candidate, owed)) return resources;
  const bounds = bothBounds(guaranteeBounds(headroomBounds(ledger), owed), limitBounds(ledger, client));
  return cutDown(state.names, resources, bounds);
}

function amountText(names: QuantityNames, index: number, amount: number): string {
  return `${names.names[index] ?? ""}:${amount / THOUSANDTHS}`;
}

/** The same as far as the limits of the client's roles allow, whatever is owed to others. */
function withinLimits(state: AllocatorState, { client, agent, resources }: Candidate): readonly Resource[] {
  const ledger = state.quota;
  if (ledger === undefined) return resources;
  if (resources === agent.available && isWithinLimits(ledger, client, agent.availableAmounts))
    return resources;
  return cutDown(state.names, resources, limitBounds(ledger, client));
}

/** `cpus:2 of cpus:2` for each limit that is used up and may be seen. */
function usedUp({ names, quota: ledger }: AllocatorState, role: RoleEntry, reader: Reader): string[] {
  const lines: string[] = [];
  for (let entry: RoleEntry | undefined = role; entry !== undefined; entry = entry.parent) {
    const { name } = entry;
    if (!reader.quota(name)) continue;
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
  explain: (state, { client }, reader) => {
    const limits = usedUp(state, client.role, reader);
    return `the quota's limit is reached${limits.length === 0 ? "" : `: ${limits.join("; ")}`}`;
  },
};

const quotaHeadroomFilter: OfferFilter = {
  name: "quota-headroom",
  applies: (state) => state.quota !== undefined,
  check: (state, candidate) =>
    withinQuota(state, candidate).length > 0 || withinLimits(state, candidate).length === 0,
  explain: ({ names, quota: ledger }, _candidate, reader) => {
    const kept = "what is free is kept for roles whose guarantee is not satisfied";
    // It is a sum: the part of a role that may not be seen could be worked out of it.
    if (![...(ledger?.unsatisfied ?? [])].every(({ name }) => reader.quota(name))) return kept;
    const owed = (ledger?.required ?? []).flatMap((amount, index) =>
      amount > 0 ? [amountText(names, index, amount)] : [],
    );
    return `${kept}; they lack ${owed.join(";")}`;
  },
};

/** In the order in which `explain` asks. */
export const quotaFilters: readonly OfferFilter[] = [quotaLimitFilter, quotaHeadroomFilter];
