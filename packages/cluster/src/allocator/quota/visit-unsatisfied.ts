// The order in which roles that lack some of their guarantee are served.
import { createUrn, drawAll } from "../shares/draw.ts";
import { orderedChildren } from "../shares/ordering.ts";
import { compareShares } from "../shares/share-node.ts";
import { nodeIn } from "../shares/share-tree.ts";
import { type WalkStep, walkClients } from "../shares/walk.ts";
import type { AllocatorState, Client, RoleEntry } from "../state.ts";
import { type QuotaLedger, quotaOf } from "./quota-ledger.ts";

/** Asks a client on account of a role: its own or one above it. */
type Visit = (client: Client, role: RoleEntry) => WalkStep;

/** With so many times more roles than unsatisfied ones, those are put in order instead of looked for among all. */
const SORT_FACTOR = 16;

/** Unsatisfied roles with frameworks that want offers. */
function waitingRoles({ unsatisfied }: QuotaLedger): RoleEntry[] {
  const waiting: RoleEntry[] = [];
  for (const entry of unsatisfied) if (entry.node.activeClients > 0) waiting.push(entry);
  return waiting;
}

/** Only roles that are in no other can have a guarantee. */
function topRole(role: RoleEntry): RoleEntry {
  let top = role;
  while (top.parent !== undefined) top = top.parent;
  return top;
}

/**
 * Visits the frameworks that want offers of the roles to serve first, by share or as the dice fall; `visit` is told the role
 * that lacks something, too.
 */
export function visitUnsatisfied(state: AllocatorState, ledger: QuotaLedger, visit: Visit): void {
  const { shares } = state;
  if (shares.sorters.roles === "random") return drawRoles(state, ledger, visit);
  if (ledger.unsatisfied.size * SORT_FACTOR < orderedChildren(shares, shares.root).length)
    return sortRoles(state, ledger, visit);
  walkClients(shares, (client) => {
    const role = topRole(client.role);
    return quotaOf(ledger, role)?.isUnsatisfied === true ? visit(client, role) : "next-role";
  });
}

/** Visits those of one role and below it; says whether that is enough. */
function visitBelow({ shares }: AllocatorState, role: RoleEntry, visit: Visit): boolean {
  let isEnough = false;
  const ask = (client: Client): WalkStep => {
    const step = visit(client, role);
    isEnough = step === "stop";
    return step;
  };
  walkClients(shares, ask, nodeIn(shares, role.node));
  return isEnough;
}

/** At random by weight. */
function drawRoles(state: AllocatorState, ledger: QuotaLedger, visit: Visit): void {
  const entries = waitingRoles(ledger);
  const urn = createUrn(entries.map(({ node }) => node.weight));
  for (const index of drawAll(urn, state.dice)) {
    const entry = entries[index];
    if (entry !== undefined && visitBelow(state, entry, visit)) return;
  }
}

/** Mostly the first one takes something: only when it does not the others are sorted. */
function sortRoles(state: AllocatorState, ledger: QuotaLedger, visit: Visit): void {
  const { shares } = state;
  const compare = (left: RoleEntry, right: RoleEntry): number =>
    compareShares(nodeIn(shares, left.node), nodeIn(shares, right.node));
  const entries = waitingRoles(ledger);
  let first = entries[0];
  if (first === undefined) return;
  for (const entry of entries) if (compare(entry, first) < 0) first = entry;
  if (visitBelow(state, first, visit)) return;
  for (const entry of entries.sort(compare)) if (entry !== first && visitBelow(state, entry, visit)) return;
}
