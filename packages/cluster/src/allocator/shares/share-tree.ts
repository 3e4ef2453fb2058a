// What all nodes of one share tree have in common: the cluster's totals and the names left out of fairness.
import type { Dice } from "../dice.ts";
import { addInto, type QuantityNames, type QuantityVector } from "../quantity-vector.ts";
import { createLeafCache, type LeafCache } from "./leaves.ts";
import { createShareNode, type ShareNode } from "./share-node.ts";

/** `--role_sorter` and `--framework_sorter`: by dominant share, or at random by weight. */
export interface Sorters {
  readonly roles: Sorter;
  readonly frameworks: Sorter;
}

export type Sorter = "drf" | "random";

export interface ShareTree<Client> {
  readonly names: QuantityNames;
  readonly root: ShareNode<Client>;
  /** Everything the registered agents have, in thousandths. */
  readonly totals: QuantityVector;
  /** Grows whenever shares or weights change all over; orders older than it are sorted anew when next walked. */
  version: number;
  /** `--fair_sharing_excluded_resource_names`. */
  readonly excludedNames: ReadonlySet<string>;
  readonly sorters: Sorters;
  /** For random orders. */
  readonly dice: Dice;
  /** Grows whenever a node enters or leaves an order. */
  shape: number;
  /** What random sorters draw from. */
  readonly leaves: LeafCache<Client>;
  /** Only in a copy of the orders: where the nodes of the original are in it. */
  readonly copies: ReadonlyMap<ShareNode<Client>, ShareNode<Client>> | undefined;
}

/** A node as it stands in this tree, which may be a copy; throws when the copy has no such node: it stood in no order. */
export function nodeIn<Client>({ copies }: ShareTree<Client>, node: ShareNode<Client>): ShareNode<Client> {
  const found = copies === undefined ? node : copies.get(node);
  if (found === undefined) throw new Error(`Cannot preview: ${node.path} is in no order`);
  return found;
}

/** A tree that knows no role and no agent yet. */
export function createShareTree<Client>(
  names: QuantityNames,
  options: { excludedNames: ReadonlySet<string>; sorters: Sorters; dice: Dice },
): ShareTree<Client> {
  const root = createShareNode<Client>({ kind: "role", path: "" });
  const { excludedNames, sorters, dice } = options;
  const leaves = createLeafCache<Client>();
  const copies = undefined;
  return { names, root, totals: [], version: 1, excludedNames, sorters, dice, shape: 0, leaves, copies };
}

/** Adds (`sign` 1) or takes away (-1) an agent's totals. Every share changes, but is computed when next needed. */
export function changeTotals<Client>(tree: ShareTree<Client>, amounts: QuantityVector, sign: 1 | -1): void {
  addInto(tree.totals, amounts, sign);
  tree.version++;
}

/** The dominant share of a node by its weight: the largest fraction it holds of any resource of the cluster. */
export function computeShare<Client>(tree: ShareTree<Client>, node: ShareNode<Client>): number {
  let share = 0;
  const { totals } = tree;
  const held = node.totals;
  const length = Math.min(held.length, totals.length);
  for (let index = 0; index < length; index++) {
    const total = totals[index] ?? 0;
    const amount = held[index] ?? 0;
    if (total <= 0 || amount <= 0) continue;
    if (amount > share * total && !tree.excludedNames.has(tree.names.names[index] ?? ""))
      share = amount / total;
  }
  return share / node.weight;
}
