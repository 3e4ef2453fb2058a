// The quota of a role changes (docs/quota.md).
import type { Quantities } from "@mezzo/wire";
import { type QuantityNames, type QuantityVector, indexOfName } from "./quantity-vector.ts";
import { addInto } from "./quantity-vector.ts";
import { dropUnusedRole, roleEntry } from "./roles.ts";
import { type QuotaLedger, noteFree, quotaAmounts, refreshGuarantee } from "./quota/quota-ledger.ts";
import type { AllocatorState, RoleEntry } from "./state.ts";

/** What a role is sure to get, and the most it gets, in thousandths; a name without a limit has none. */
export interface Quota {
  guarantees: Quantities;
  limits: Quantities;
}

function openLedger(state: AllocatorState): QuotaLedger {
  const ledger: QuotaLedger = {
    roles: new Map(),
    unsatisfied: new Set(),
    required: [],
    free: [],
    withheld: false,
    loosened: false,
    lookAgainAtMs: undefined,
    books: [],
  };
  state.quota = ledger;
  for (const agent of state.agents.values()) {
    agent.freeInQuota = [];
    noteFree(state, agent);
  }
  return ledger;
}

/** Unreserved resources that known frameworks hold in the role and everything below it. */
function heldBelow(state: AllocatorState, entry: RoleEntry): QuantityVector {
  const held: QuantityVector = [];
  for (const { framework, role } of entry.clients.values()) {
    for (const agent of state.holders.get(framework.id) ?? []) {
      for (const holding of agent.held) {
        if (holding.frameworkId !== framework.id || holding.role !== role.name) continue;
        addInto(held, quotaAmounts(state.names, holding.resources), 1);
      }
    }
  }
  for (const child of entry.children) addInto(held, heldBelow(state, child), 1);
  return held;
}

function byIndex(names: QuantityNames, quantities: Quantities, rest: number): number[] {
  const result: number[] = [];
  for (const [name, amount] of quantities) {
    const index = indexOfName(names, name);
    while (result.length <= index) result.push(rest);
    result[index] = amount;
  }
  return result;
}

/** Among the books: where nothing is any more, or after the last. */
function freePlace({ books, roles }: QuotaLedger): number {
  return roles.size === books.length ? books.length : books.indexOf(undefined);
}

function close(state: AllocatorState, ledger: QuotaLedger, entry: RoleEntry): void {
  if (entry.quota !== undefined) {
    addInto(ledger.required, entry.quota.unsatisfied, -1);
    ledger.books[entry.quota.place] = undefined;
  }
  entry.quota = undefined;
  ledger.unsatisfied.delete(entry);
  ledger.roles.delete(entry.name);
  dropUnusedRole(state, entry);
  if (ledger.roles.size > 0) return;
  state.quota = undefined;
  for (const agent of state.free) state.dirtyAgents.add(agent);
}

/**
 * Sets the quota of a role in place of what it had; one that neither guarantees nor limits anything removes it. The next
 * `allocate` looks at every agent. Throws a RangeError for a role below another: guarantees are kept free for uppermost roles
 * only, as in Mesos, and what sub-roles hold counts there.
 */
export function updateQuota(state: AllocatorState, role: string, { guarantees, limits }: Quota): void {
  if (role.includes("/")) throw new RangeError(`Cannot set quota on role ${role}: it is nested`);
  state.operations++;
  const isNone = guarantees.size === 0 && limits.size === 0;
  if (isNone) {
    const ledger = state.quota;
    const known = ledger?.roles.get(role);
    if (ledger === undefined || known === undefined) return;
    ledger.lookAgainAtMs = 0;
    close(state, ledger, known);
    return;
  }
  const ledger = state.quota ?? openLedger(state);
  ledger.lookAgainAtMs = 0;
  const entry = roleEntry(state, role);
  if (entry.quota !== undefined) addInto(ledger.required, entry.quota.unsatisfied, -1);
  entry.quota = {
    place: entry.quota?.place ?? freePlace(ledger),
    guarantees: byIndex(state.names, guarantees, 0),
    limits: byIndex(state.names, limits, Infinity),
    held: entry.quota?.held ?? heldBelow(state, entry),
    unsatisfied: [],
    isUnsatisfied: ledger.unsatisfied.has(entry),
  };
  ledger.books[entry.quota.place] = entry.quota;
  ledger.roles.set(role, entry);
  refreshGuarantee(ledger, entry);
}
