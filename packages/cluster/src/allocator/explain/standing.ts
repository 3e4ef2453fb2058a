// How a framework stands in one of its roles: what it asked for, its share, its rank, its role's quota, its filters.
import { THOUSANDTHS, namedAmounts } from "../quantity-vector.ts";
import { consumedOf } from "../quota/quota-ledger.ts";
import { computeShare } from "../shares/share-tree.ts";
import { walkClients } from "../shares/walk.ts";
import type { AllocatorState, Client, Refusal, RoleEntry } from "../state.ts";

/** The quota that a role is under: its own, or that of a role above. Amounts by name in units. */
interface QuotaStanding {
  role: string;
  guarantees: ReadonlyMap<string, number>;
  limits: ReadonlyMap<string, number>;
  consumed: ReadonlyMap<string, number>;
}

export interface Standing {
  role: string;
  subscribed: boolean;
  suppressed: boolean;
  /** Of the role. */
  weight: number;
  /** The dominant share of the role, sub-roles included, by its weight. */
  roleShare: number;
  /** The framework's own in the role. */
  share: number;
  /** Its place among all that want offers, from 1; absent when it wants none or the order is random. */
  rank: number | undefined;
  /** How many want offers. */
  competitors: number;
  quota: QuotaStanding | undefined;
  refusals: ReadonlySet<Refusal>;
}

function quotaOf(state: AllocatorState, role: RoleEntry): QuotaStanding | undefined {
  let entry: RoleEntry | undefined = role;
  while (entry !== undefined && entry.quota === undefined) entry = entry.parent;
  if (entry?.quota === undefined) return undefined;
  const { name, quota } = entry;
  const within = entry;
  const limits = new Map<string, number>();
  quota.limits.forEach((limit, index) => {
    if (limit !== Infinity) limits.set(state.names.names[index] ?? "", limit / THOUSANDTHS);
  });
  const consumed = state.names.names.map((_, index) => consumedOf(within, quota, index));
  return {
    role: name,
    guarantees: namedAmounts(state.names, quota.guarantees),
    limits,
    consumed: namedAmounts(state.names, consumed),
  };
}

/** The standing of some clients; all others are walked past once, for the ranks. */
export function standingsOf(state: AllocatorState, clients: readonly Client[]): Standing[] {
  const ranks = new Map<Client, number>();
  const wanted = new Set(clients);
  const { sorters, root } = state.shares;
  const isRandom = sorters.roles === "random" || sorters.frameworks === "random";
  let competitors = isRandom ? root.activeClients : 0;
  // A random order is another one each time, and asking for it would move the dice.
  if (!isRandom)
    walkClients(state.shares, (client) => {
      competitors++;
      if (wanted.has(client)) ranks.set(client, competitors);
      return "next";
    });
  return clients.map((client) => ({
    role: client.role.name,
    subscribed: client.subscribed,
    suppressed: client.suppressed,
    weight: client.role.node.weight,
    roleShare: computeShare(state.shares, client.role.node),
    share: computeShare(state.shares, client.node),
    rank: ranks.get(client),
    competitors,
    quota: quotaOf(state, client.role),
    refusals: client.refusals,
  }));
}
