// A copy of the orders of a share tree, to see who would come first after one allocation and another.
import type { Dice } from "../dice.ts";
import { createLeafCache } from "./leaves.ts";
import type { ShareNode } from "./share-node.ts";
import type { ShareTree } from "./share-tree.ts";

/** The copy, and where each node of the original is in it. */
export interface OrderCopy<Client> {
  tree: ShareTree<Client>;
  nodes: ReadonlyMap<ShareNode<Client>, ShareNode<Client>>;
}

/** Copies what stands in an order: all that walks visit. The clients are the original ones. */
export function copyOrder<Client>(original: ShareTree<Client>, dice: Dice): OrderCopy<Client> {
  const nodes = new Map<ShareNode<Client>, ShareNode<Client>>();
  const copy = (node: ShareNode<Client>, parent: ShareNode<Client> | undefined): ShareNode<Client> => {
    const copied: ShareNode<Client> = { ...node, parent, totals: [...node.totals], order: [] };
    nodes.set(node, copied);
    for (const child of node.order) copied.order.push(copy(child, copied));
    return copied;
  };
  const root = copy(original.root, undefined);
  return {
    tree: { ...original, root, dice, totals: [...original.totals], leaves: createLeafCache() },
    nodes,
  };
}
