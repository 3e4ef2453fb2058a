// The order in which roles that lack some of their guarantee are served.
import { createUrn, drawAll } from "../shares/draw.ts";
import { orderedChildren } from "../shares/ordering.ts";
import { compareShares } from "../shares/share-node.ts";
import { nodeIn } from "../shares/share-tree.ts";
import type { WalkStep } from "../shares/walk.ts";
import type { AllocatorState, RoleEntry } from "../state.ts";
import { type QuotaLedger, quotaOf } from "./quota-ledger.ts";

type Visit = (role: RoleEntry) => WalkStep;

/** With so many times more roles than unsatisfied ones, those are put in order instead of looked for among all. */
const SORT_FACTOR = 16;

/** Unsatisfied roles with frameworks that want offers. */
function waitingRoles({ unsatisfied }: QuotaLedger): RoleEntry[] {
  const waiting: RoleEntry[] = [];
  for (const entry of unsatisfied) if (entry.node.activeClients > 0) waiting.push(entry);
  return waiting;
}

/** Visits the roles to serve first, by share or as the dice fall: unsatisfied ones with frameworks that want offers. */
export function visitUnsatisfied(state: AllocatorState, ledger: QuotaLedger, visit: Visit): void {
  const { shares } = state;
  if (shares.sorters.roles === "random") return drawRoles(state, ledger, visit);
  const order = orderedChildren(shares, shares.root);
  if (ledger.unsatisfied.size * SORT_FACTOR < order.length) return sortRoles(state, ledger, visit);
  for (const { path } of order) {
    const entry = ledger.roles.get(path);
    if (entry === undefined || quotaOf(ledger, entry)?.isUnsatisfied !== true) continue;
    if (visit(entry) === "stop") return undefined;
  }
  return undefined;
}

/** At random by weight. */
function drawRoles(state: AllocatorState, ledger: QuotaLedger, visit: Visit): void {
  const entries = waitingRoles(ledger);
  const urn = createUrn(entries.map(({ node }) => node.weight));
  for (const index of drawAll(urn, state.dice)) {
    const entry = entries[index];
    if (entry !== undefined && visit(entry) === "stop") return;
  }
}

/** Mostly the first one takes something: only when it does not the others are sorted. */
function sortRoles({ shares }: AllocatorState, ledger: QuotaLedger, visit: Visit): void {
  const compare = (left: RoleEntry, right: RoleEntry): number =>
    compareShares(nodeIn(shares, left.node), nodeIn(shares, right.node));
  const entries = waitingRoles(ledger);
  let first = entries[0];
  if (first === undefined) return;
  for (const entry of entries) if (compare(entry, first) < 0) first = entry;
  if (visit(first) === "stop") return;
  for (const entry of entries.sort(compare)) if (entry !== first && visit(entry) === "stop") return;
}
