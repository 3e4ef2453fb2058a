// Keeps a node's active children in DRF order: one binary search for each change.
import { compareShares, type ShareNode } from "./share-node.ts";
import { computeShare, type ShareTree } from "./share-tree.ts";

/** The node's active children in DRF order; sorts them only when the cluster's totals changed since. */
export function orderedChildren<Client>(
  tree: ShareTree<Client>,
  node: ShareNode<Client>,
): readonly ShareNode<Client>[] {
  if (node.orderedAt !== tree.version) {
    let sorted = true;
    let previous: ShareNode<Client> | undefined;
    for (const child of node.order) {
      child.share = computeShare(tree, child);
      if (sorted && previous !== undefined && compareShares(previous, child) > 0) sorted = false;
      previous = child;
    }
    if (!sorted) node.order.sort(compareShares);
    node.orderedAt = tree.version;
  }
  return node.order;
}

/** Where the node stands, or would stand, among `order`, by the share and count it has now. */
function positionOf<Client>(order: readonly ShareNode<Client>[], node: ShareNode<Client>): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = order[middle];
    if (other !== undefined && compareShares(other, node) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Takes out what stands at `position`: mostly the first, for which nothing else has to be moved. */
function takeOut<Client>(order: ShareNode<Client>[], position: number): void {
  if (position === 0) order.shift();
  else order.splice(position, 1);
}

/** Puts the node where it belongs: mostly at the end, for which nothing else has to be moved. */
function putIn<Client>(order: ShareNode<Client>[], node: ShareNode<Client>): void {
  const last = order.at(-1);
  if (last === undefined || compareShares(last, node) < 0) order.push(node);
  else order.splice(positionOf(order, node), 0, node);
}

function isOrdered<Client>(tree: ShareTree<Client>, parent: ShareNode<Client>): boolean {
  return parent.orderedAt === tree.version;
}

function insert<Client>(tree: ShareTree<Client>, parent: ShareNode<Client>, child: ShareNode<Client>): void {
  tree.shape++;
  if (parent.order.length === 0) parent.orderedAt = tree.version;
  if (!isOrdered(tree, parent)) {
    parent.order.push(child);
    return;
  }
  child.share = computeShare(tree, child);
  putIn(parent.order, child);
}

function remove<Client>(tree: ShareTree<Client>, parent: ShareNode<Client>, child: ShareNode<Client>): void {
  tree.shape++;
  const position = isOrdered(tree, parent) ? positionOf(parent.order, child) : parent.order.indexOf(child);
  if (parent.order[position] !== child)
    throw new Error(`Cannot deactivate ${child.path}: its order is broken`);
  takeOut(parent.order, position);
}

/** Changes how many active frameworks are at a node (by 1 or -1) and enters or leaves the orders above it. */
export function changeActivity<Client>(
  tree: ShareTree<Client>,
  leaf: ShareNode<Client>,
  change: 1 | -1,
): void {
  for (let node: ShareNode<Client> | undefined = leaf; node !== undefined; node = node.parent) {
    const was = node.activeClients;
    node.activeClients += change;
    if (node.parent === undefined) continue;
    if (was === 0) insert(tree, node.parent, node);
    else if (node.activeClients === 0) remove(tree, node.parent, node);
  }
}

/** For a node that need not move: it stands in no order, or in one that is sorted anew when next walked. */
const STAYS = -1;

/** Where a node stands before its share or count changes; to be given to `endMove` after the change. */
export function beginMove<Client>(tree: ShareTree<Client>, node: ShareNode<Client>): number {
  const { parent } = node;
  if (parent === undefined || node.activeClients === 0 || !isOrdered(tree, parent)) return STAYS;
  const position = parent.order[0] === node ? 0 : positionOf(parent.order, node);
  if (parent.order[position] !== node) throw new Error(`Cannot reorder ${node.path}: its order is broken`);
  return position;
}

/** Moves a node to the place that its new share and count give it. */
export function endMove<Client>(tree: ShareTree<Client>, node: ShareNode<Client>, position: number): void {
  const order = node.parent?.order;
  if (position === STAYS || order === undefined) return;
  node.share = computeShare(tree, node);
  const next = order[position + 1];
  const previous = order[position - 1];
  const inPlace =
    (next === undefined || compareShares(node, next) < 0) &&
    (previous === undefined || compareShares(previous, node) < 0);
  if (inPlace) return;
  takeOut(order, position);
  putIn(order, node);
}
