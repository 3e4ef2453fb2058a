// Visits the active frameworks of the tree in the order in which they may choose: by share, or as the dice fall.
import { drawAll } from "./draw.ts";
import { leavesBelow } from "./leaves.ts";
import { orderedChildren } from "./ordering.ts";
import type { ShareNode } from "./share-node.ts";
import type { ShareTree } from "./share-tree.ts";

/** What a visitor wants next: the next framework, the next role, or nothing more. */
export type WalkStep = "next" | "next-role" | "stop";

/**
 * Walks below one node or all over. The visitor must not charge or discharge meanwhile: an agent is planned, then booked.
 * With a random sorter every walk has another order, and the dice move on.
 */
export function walkClients<Client>(
  tree: ShareTree<Client>,
  visit: (client: Client) => WalkStep,
  from: ShareNode<Client> = tree.root,
): void {
  if (tree.sorters.roles === "random" && from.kind === "role") walkAtRandom(tree, from, visit);
  else walkBelow(tree, from, visit);
}

function* drawChildren<Client>(
  tree: ShareTree<Client>,
  node: ShareNode<Client>,
): Generator<ShareNode<Client>> {
  const { nodes, urn } = leavesBelow(tree, node);
  for (const index of drawAll(urn, tree.dice)) {
    const child = nodes[index];
    if (child !== undefined) yield child;
  }
}

/** Mesos' random sorter draws among all roles with frameworks, wherever they stand in the tree. */
function walkAtRandom<Client>(
  tree: ShareTree<Client>,
  from: ShareNode<Client>,
  visit: (client: Client) => WalkStep,
): void {
  for (const own of drawChildren(tree, from)) {
    if (!walkBelow(tree, own, visit)) return;
  }
}

function walkBelow<Client>(
  tree: ShareTree<Client>,
  node: ShareNode<Client>,
  visit: (client: Client) => WalkStep,
): boolean {
  const isRandom = node.kind === "own" && tree.sorters.frameworks === "random";
  for (const child of isRandom ? drawChildren(tree, node) : orderedChildren(tree, node)) {
    if (child.client === undefined) {
      if (!walkBelow(tree, child, visit)) return false;
      continue;
    }
    const step = visit(child.client);
    if (step === "stop") return false;
    if (step === "next-role") return true;
  }
  return true;
}
