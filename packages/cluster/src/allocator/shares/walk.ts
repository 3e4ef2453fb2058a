// Visits the active frameworks of the tree in the order in which they may choose.
import { orderedChildren } from "./ordering.ts";
import type { ShareNode } from "./share-node.ts";
import type { ShareTree } from "./share-tree.ts";

/** What a visitor wants next: the next framework, the next role, or nothing more. */
export type WalkStep = "next" | "next-role" | "stop";

/** Walks in DRF order, below one node or all over. The visitor must not charge or discharge meanwhile: an agent is planned, then booked. */
export function walkClients<Client>(
  tree: ShareTree<Client>,
  visit: (client: Client) => WalkStep,
  from: ShareNode<Client> = tree.root,
): void {
  walkBelow(tree, from, visit);
}

function walkBelow<Client>(
  tree: ShareTree<Client>,
  node: ShareNode<Client>,
  visit: (client: Client) => WalkStep,
): boolean {
  for (const child of orderedChildren(tree, node)) {
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
