// The share tree: roles, and below each role the frameworks in it, every level kept in DRF order.
//
//   root ─ a ─┬─ a/. ─┬─ framework 1        "a/." stands for role a's own frameworks and competes
//             │       └─ framework 2        with the sub-roles of a (sorter/drf/sorter.hpp)
//             └─ a/b ─ a/b/. ─ framework 3
//
// A node is in its parent's `order` exactly while an active framework is somewhere below it.
import type { QuantityVector } from "../quantity-vector.ts";

/** A role, a role's own frameworks as one competitor, or one framework in a role. */
type ShareNodeKind = "role" | "own" | "framework";

export interface ShareNode<Client> {
  readonly kind: ShareNodeKind;
  /** Role path, role path with `/.`, or framework id; breaks the last tie. */
  readonly path: string;
  readonly parent: ShareNode<Client> | undefined;
  /** Only on nodes of kind `framework`, set once by whoever creates the node. */
  client: Client | undefined;
  weight: number;
  /** Dominant share divided by weight; valid while the parent's order is. */
  share: number;
  /** How often something was allocated here: breaks ties between equal shares. */
  count: number;
  /** What is offered to or used by everything below, in thousandths. */
  readonly totals: QuantityVector;
  /** Active frameworks at or below this node. */
  activeClients: number;
  /** The children that are active, in DRF order as of `orderedAt`. */
  readonly order: ShareNode<Client>[];
  /** The version of the cluster's totals `order` was sorted for. */
  orderedAt: number;
}

/** What a node is created with. */
export interface ShareNodeOptions<Client> {
  kind: ShareNodeKind;
  path: string;
  parent?: ShareNode<Client>;
  weight?: number;
}

/** A node without allocation, not yet in its parent's order. */
export function createShareNode<Client>(options: ShareNodeOptions<Client>): ShareNode<Client> {
  return {
    kind: options.kind,
    path: options.path,
    parent: options.parent,
    client: undefined,
    weight: options.weight ?? 1,
    share: 0,
    count: 0,
    totals: [],
    activeClients: 0,
    order: [],
    orderedAt: 0,
  };
}

/** DRF order as Mesos has it: smaller share, then fewer allocations, then path. */
export function compareShares<Client>(left: ShareNode<Client>, right: ShareNode<Client>): number {
  if (left.share !== right.share) return left.share - right.share;
  if (left.count !== right.count) return left.count - right.count;
  if (left.path === right.path) return 0;
  return left.path < right.path ? -1 : 1;
}
