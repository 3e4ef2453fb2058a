// What a random sorter draws from: below a role all roles with active frameworks, below a role's own frameworks these.
import { type Urn, createUrn } from "./draw.ts";
import type { ShareNode } from "./share-node.ts";
import type { ShareTree } from "./share-tree.ts";

export interface Leaves<Client> {
  readonly nodes: readonly ShareNode<Client>[];
  readonly urn: Urn;
}

/** What was gathered for one shape and version of the tree, by the node above. */
export interface LeafCache<Client> {
  shape: number;
  version: number;
  readonly byNode: Map<ShareNode<Client>, Leaves<Client>>;
}

/** A cache that knows nothing. */
export function createLeafCache<Client>(): LeafCache<Client> {
  return { shape: 0, version: 0, byNode: new Map() };
}

/** A child's chance is its part of its active siblings' weights, times its parent's chance. */
function gather<Client>(
  node: ShareNode<Client>,
  chance: number,
  into: { node: ShareNode<Client>; weight: number }[],
): void {
  let sum = 0;
  for (const { weight } of node.order) sum += weight;
  for (const child of node.order) {
    const own = (chance * child.weight) / sum;
    if (child.kind === "role") gather(child, own, into);
    else into.push({ node: child, weight: own });
  }
}

/**
 * The leaves below a node, gathered anew only when a framework has come or gone or a weight has changed since.
 * @see Mesos src/master/allocator/mesos/sorter/random/sorter.cpp SortInfo
 */
export function leavesBelow<Client>(tree: ShareTree<Client>, node: ShareNode<Client>): Leaves<Client> {
  const { leaves: cache } = tree;
  if (cache.shape !== tree.shape || cache.version !== tree.version) {
    cache.byNode.clear();
    cache.shape = tree.shape;
    cache.version = tree.version;
  }
  const known = cache.byNode.get(node);
  if (known !== undefined) return known;
  const found: { node: ShareNode<Client>; weight: number }[] = [];
  gather(node, 1, found);
  // Not in the order of shares, which changes all the time: the same dice must give the same order.
  found.sort((left, right) => (left.node.path < right.node.path ? -1 : 1));
  const leaves: Leaves<Client> = {
    nodes: found.map((each) => each.node),
    urn: createUrn(found.map(({ weight }) => weight)),
  };
  cache.byNode.set(node, leaves);
  return leaves;
}
