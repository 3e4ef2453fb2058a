// Books what is offered or used on a framework's node and on every node above it.
import { addInto, type QuantityVector } from "../quantity-vector.ts";
import { reposition } from "./ordering.ts";
import type { ShareNode } from "./share-node.ts";
import type { ShareTree } from "./share-tree.ts";

/** How much a booking weighs at a node; shared volumes count once a node, so it may differ from level to level. */
export type AmountsAt<Client> = (node: ShareNode<Client>) => QuantityVector;

/** Books an allocation; each node's number of allocations grows by `times`, one in Mesos, none for a changed one. */
export function charge<Client>(
  tree: ShareTree<Client>,
  leaf: ShareNode<Client>,
  booking: { amountsAt: AmountsAt<Client>; times: 0 | 1 },
): void {
  for (let node: ShareNode<Client> | undefined = leaf; node !== undefined; node = node.parent) {
    const current = node;
    reposition(tree, current, () => {
      addInto(current.totals, booking.amountsAt(current), 1);
      current.count += booking.times;
    });
  }
}

/** Takes a booking back; the number of allocations stays. */
export function discharge<Client>(
  tree: ShareTree<Client>,
  leaf: ShareNode<Client>,
  amountsAt: AmountsAt<Client>,
): void {
  for (let node: ShareNode<Client> | undefined = leaf; node !== undefined; node = node.parent) {
    const current = node;
    reposition(tree, current, () => addInto(current.totals, amountsAt(current), -1));
  }
}
