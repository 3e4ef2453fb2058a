// Books what is offered or used on a framework's node and on every node above it.
import { addInto, type QuantityVector } from "../quantity-vector.ts";
import { beginMove, endMove } from "./ordering.ts";
import type { ShareNode } from "./share-node.ts";
import type { ShareTree } from "./share-tree.ts";

/** What a booking weighs. Shared volumes count once a node, so they may weigh more at one level than at another. */
export interface Booking<Client> {
  amounts: QuantityVector;
  sharedAmountsAt: ((node: ShareNode<Client>) => QuantityVector) | undefined;
}

function change<Client>(node: ShareNode<Client>, booking: Booking<Client>, sign: 1 | -1): void {
  addInto(node.totals, booking.amounts, sign);
  if (booking.sharedAmountsAt !== undefined) addInto(node.totals, booking.sharedAmountsAt(node), sign);
}

/** Books an allocation; each node's number of allocations grows by `times`: one in general, none for a changed one. */
export function charge<Client>(
  tree: ShareTree<Client>,
  leaf: ShareNode<Client>,
  booking: Booking<Client> & { times: 0 | 1 },
): void {
  for (let node: ShareNode<Client> | undefined = leaf; node !== undefined; node = node.parent) {
    const position = beginMove(tree, node);
    change(node, booking, 1);
    node.count += booking.times;
    endMove(tree, node, position);
  }
}

/** Takes a booking back; the number of allocations stays. */
export function discharge<Client>(
  tree: ShareTree<Client>,
  leaf: ShareNode<Client>,
  booking: Booking<Client>,
): void {
  for (let node: ShareNode<Client> | undefined = leaf; node !== undefined; node = node.parent) {
    const position = beginMove(tree, node);
    change(node, booking, -1);
    endMove(tree, node, position);
  }
}
