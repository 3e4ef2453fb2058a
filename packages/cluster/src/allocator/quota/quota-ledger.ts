// The books of quota: who has consumed what, what is still owed to whom, and what is free to pay with.
// There are none as long as no role has quota, so that quota costs nothing where nobody uses it.
import { type Resource, isRevocable, isUnreserved } from "@mezzo/wire";
import {
  THOUSANDTHS,
  type QuantityNames,
  type QuantityVector,
  addInto,
  fitsInto,
  indexOfName,
} from "../quantity-vector.ts";
import type { AgentEntry, AllocatorState, RoleEntry } from "../state.ts";

/** Amounts by index; one that is Infinity or missing has no bound. */
export type Bounds = readonly number[];

/** The quota of one role, in thousandths. What a role consumes is all that is reserved below it and `held`. */
export interface RoleQuota {
  /** Where it is among the ledger's books. */
  readonly place: number;
  guarantees: QuantityVector;
  limits: Bounds;
  /** Offered to or used by the role and everything below it, of what is neither reserved nor revocable. */
  readonly held: QuantityVector;
  /** Guaranteed but not consumed yet. */
  readonly unsatisfied: QuantityVector;
  /** Whether that is anything: then the role is among the ledger's unsatisfied ones. */
  isUnsatisfied: boolean;
}

export interface QuotaLedger {
  /** The roles with quota. */
  readonly roles: Map<string, RoleEntry>;
  /** The roles whose guarantee is not satisfied. */
  readonly unsatisfied: Set<RoleEntry>;
  /** What all guarantees still lack: it is kept free for them. */
  readonly required: QuantityVector;
  /** What is free on all agents and neither reserved nor revocable. Each agent has its part of it. */
  readonly free: QuantityVector;
  /** Whether quota kept anything back since all agents were looked at. */
  withheld: boolean;
  /** Whether anything happened since then that may let go of it: resources came back, quota changed. */
  loosened: boolean;
  /** When all agents are to be looked at again, ms; 0 is at once. */
  lookAgainAtMs: number | undefined;
  /** The books of the roles, each at its place: the roles' own ones, but in a cycle that is only foreseen copies of them. */
  readonly books: (RoleQuota | undefined)[];
}

/** The books of a role; undefined when it has no quota. */
export function quotaOf({ books }: QuotaLedger, { quota }: RoleEntry): RoleQuota | undefined {
  return quota === undefined ? undefined : books[quota.place];
}

/** Books that can be changed without the original noticing. */
export function copyQuota(quota: RoleQuota): RoleQuota {
  const { place, guarantees, limits, held, unsatisfied, isUnsatisfied } = quota;
  return { place, guarantees, limits, held: [...held], unsatisfied: [...unsatisfied], isUnsatisfied };
}

/** The ledger for a cycle that is only foreseen: it has books of its own, those of the roles themselves stay. */
export function foreseenLedger(original: QuotaLedger): QuotaLedger {
  return {
    roles: original.roles,
    unsatisfied: new Set(original.unsatisfied),
    required: [...original.required],
    free: [...original.free],
    withheld: original.withheld,
    loosened: original.loosened,
    lookAgainAtMs: original.lookAgainAtMs,
    books: original.books.map((quota) => (quota === undefined ? undefined : copyQuota(quota))),
  };
}

/** Whether quota is about the resource at all: reservations, revocable resources, ranges and sets go by it. */
export function countsInQuota(resource: Resource): boolean {
  return resource.scalar !== undefined && isUnreserved(resource) && !isRevocable(resource);
}

/** The sum of what counts. */
export function quotaAmounts(names: QuantityNames, resources: readonly Resource[]): QuantityVector {
  const amounts: QuantityVector = [];
  for (const resource of resources) {
    if (resource.scalar === undefined || !countsInQuota(resource)) continue;
    const index = indexOfName(names, resource.name);
    while (amounts.length <= index) amounts.push(0);
    amounts[index] = (amounts[index] ?? 0) + Math.round(resource.scalar.value * THOUSANDTHS);
  }
  return amounts;
}

/** What a role has consumed of one resource. */
export function consumedOf(entry: RoleEntry, quota: RoleQuota, index: number): number {
  return (entry.reserved[index] ?? 0) + (quota.held[index] ?? 0);
}

/** Works out again what is owed to a role. */
export function refreshGuarantee(ledger: QuotaLedger, entry: RoleEntry): void {
  const quota = quotaOf(ledger, entry);
  if (quota === undefined) return;
  const { guarantees, unsatisfied } = quota;
  const { required } = ledger;
  let isUnsatisfied = false;
  for (let index = 0; index < guarantees.length; index++) {
    const rest = Math.max(0, (guarantees[index] ?? 0) - consumedOf(entry, quota, index));
    if (rest > 0) isUnsatisfied = true;
    while (required.length <= index) required.push(0);
    required[index] = (required[index] ?? 0) + rest - (unsatisfied[index] ?? 0);
    unsatisfied[index] = rest;
  }
  if (isUnsatisfied === quota.isUnsatisfied) return;
  quota.isUnsatisfied = isUnsatisfied;
  if (isUnsatisfied) ledger.unsatisfied.add(entry);
  else ledger.unsatisfied.delete(entry);
}

/**
 * Books resources that a role has got (`sign` 1) or given back (-1), on it and on the roles above. `amounts` is what of them
 * counts, where that is known.
 */
export function chargeQuota(
  state: AllocatorState,
  role: RoleEntry,
  facts: { resources: readonly Resource[]; sign: 1 | -1; amounts?: QuantityVector },
): void {
  const ledger = state.quota;
  if (ledger === undefined) return;
  const { resources, sign } = facts;
  if (sign < 0) ledger.loosened = true;
  let { amounts } = facts;
  for (let entry: RoleEntry | undefined = role; entry !== undefined; entry = entry.parent) {
    const quota = quotaOf(ledger, entry);
    if (quota === undefined) continue;
    amounts ??= quotaAmounts(state.names, resources);
    addInto(quota.held, amounts, sign);
    refreshGuarantee(ledger, entry);
  }
}

/** Notes that holdings were reported which may satisfy guarantees: less is owed, though nothing was given. */
export function noteReported(state: AllocatorState): void {
  if (state.quota !== undefined) state.quota.loosened = true;
}

/** Notes that what is reserved to the role has changed. */
export function noteReserved(state: AllocatorState, entry: RoleEntry): void {
  if (state.quota === undefined || entry.quota === undefined) return;
  state.quota.loosened = true;
  refreshGuarantee(state.quota, entry);
}

/** Notes what is free on an agent now. */
export function noteFree(state: AllocatorState, agent: AgentEntry): void {
  const ledger = state.quota;
  if (ledger === undefined) return;
  const before = agent.freeInQuota;
  const now = agent.plain ? agent.availableAmounts : quotaAmounts(state.names, agent.available);
  if (!fitsInto(now, before)) ledger.loosened = true;
  addInto(ledger.free, before, -1);
  addInto(ledger.free, now, 1);
  agent.freeInQuota = now;
}
