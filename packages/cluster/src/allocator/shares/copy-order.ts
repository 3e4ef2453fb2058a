// A copy of the orders of a share tree, to see who would come first after one allocation and another.
import type { Dice } from "../dice.ts";
import { createLeafCache } from "./leaves.ts";
import type { ShareNode } from "./share-node.ts";
import type { ShareTree } from "./share-tree.ts";

/** Without children. Written out for the reason that `foreseenState` has. */
function copyNode<Client>(node: ShareNode<Client>, parent: ShareNode<Client> | undefined): ShareNode<Client> {
  return {
    kind: node.kind,
    path: node.path,
    parent,
    client: node.client,
    weight: node.weight,
    share: node.share,
    count: node.count,
    totals: [...node.totals],
    activeClients: node.activeClients,
    order: [],
    orderedAt: node.orderedAt,
  };
}

/** Copies what stands in an order: all that walks visit. The clients are the original ones; `nodeIn` finds their nodes. */
export function copyOrder<Client>(original: ShareTree<Client>, dice: Dice): ShareTree<Client> {
  const copies = new Map<ShareNode<Client>, ShareNode<Client>>();
  const copy = (node: ShareNode<Client>, parent: ShareNode<Client> | undefined): ShareNode<Client> => {
    const copied = copyNode(node, parent);
    copies.set(node, copied);
    for (const child of node.order) copied.order.push(copy(child, copied));
    return copied;
  };
  const root = copy(original.root, undefined);
  return {
    names: original.names,
    root,
    totals: [...original.totals],
    version: original.version,
    excludedNames: original.excludedNames,
    sorters: original.sorters,
    dice,
    shape: original.shape,
    leaves: createLeafCache(),
    copies,
  };
}
