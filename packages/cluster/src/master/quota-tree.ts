// Guarantees along the tree of roles: those of a role must cover those of its children.
import {
  type Quantities,
  type QuotaConfig,
  addQuantities,
  containsQuantities,
  formatQuantities,
} from "@mezzo/wire";
import { quotaOf } from "./quota.ts";

interface Node {
  /** The last component of the path. */
  readonly name: string;
  guarantees: Quantities;
  readonly children: Map<string, Node>;
}

function createNode(name: string): Node {
  return { name, guarantees: new Map(), children: new Map() };
}

function sumOfChildren({ children }: Node): Quantities {
  let sum: Quantities = new Map();
  for (const { guarantees } of children.values()) sum = addQuantities(sum, guarantees);
  return sum;
}

function checkNode(node: Node): string | undefined {
  for (const child of node.children.values()) {
    const error = checkNode(child);
    if (error !== undefined) return error;
  }
  const sum = sumOfChildren(node);
  if (containsQuantities(node.guarantees, sum)) return undefined;
  return (
    `Invalid quota configuration. Parent role '${node.name}' with guarantees (${formatQuantities(node.guarantees)}) ` +
    `does not contain the sum of its children's guarantees (${formatQuantities(sum)})`
  );
}

/** The guarantees of all roles together. @see Mesos src/master/quota_handler.cpp QuotaTree */
export class QuotaTree {
  readonly #root = createNode("");

  constructor(quotas: Iterable<QuotaConfig>) {
    for (const config of quotas) this.update(config);
  }

  /** Sets the guarantees of a role, in place of those it had. */
  update(config: QuotaConfig): void {
    let node = this.#root;
    for (const name of config.role.split("/").filter((each) => each !== "")) {
      let child = node.children.get(name);
      if (child === undefined) node.children.set(name, (child = createNode(name)));
      node = child;
    }
    node.guarantees = quotaOf(config).guarantees;
  }

  /** The first role whose children are guaranteed more than it is, in Mesos' words. */
  check(): string | undefined {
    for (const child of this.#root.children.values()) {
      const error = checkNode(child);
      if (error !== undefined) return error;
    }
    return undefined;
  }

  /** What all roles are guaranteed: that of the uppermost ones, which covers the rest. */
  total(): Quantities {
    return sumOfChildren(this.#root);
  }
}
