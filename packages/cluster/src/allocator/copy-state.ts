// A copy of everything the allocator knows, to try things on: what the next cycle would do, what a plan would need.
// Resource lists and messages are immutable and shared; whatever operations change in place is copied.
import { copyExpiries } from "./expiries.ts";
import { createMaintenanceBook } from "./inverse-offers/maintenance-book.ts";
import { type QuotaLedger, type RoleQuota, copyQuota } from "./quota/quota-ledger.ts";
import { createLeafCache } from "./shares/leaves.ts";
import type { ShareNode } from "./shares/share-node.ts";
import type { AgentEntry, AllocatorState, Client, FrameworkEntry, Refusal, RoleEntry } from "./state.ts";

/** The value a key must have; a miss would mean that the original is not whole. */
function mapped<T>(map: ReadonlyMap<T, T>, original: T): T {
  const copy = map.get(original);
  if (copy === undefined) throw new Error("Cannot copy the allocator's state: a part of it is not indexed");
  return copy;
}

function mappedSet<T>(map: ReadonlyMap<T, T>, originals: Iterable<T>): Set<T> {
  const copies = new Set<T>();
  for (const original of originals) copies.add(mapped(map, original));
  return copies;
}

/** The tree of roles and, in the same order of siblings, the share tree above the frameworks. */
class Copier {
  readonly nodes = new Map<ShareNode<Client>, ShareNode<Client>>();
  readonly roles = new Map<RoleEntry, RoleEntry>();
  readonly agents = new Map<AgentEntry, AgentEntry>();
  readonly clients = new Map<Client, Client>();
  readonly refusals = new Map<Refusal, Refusal>();
  /** Of all agents that nobody refuses: nothing that is done to a copy is refused. */
  readonly #noRefusals = new Map<Client, Refusal[]>();

  /** Children are filled in by `linkNodes`, when all have been copied. */
  node(original: ShareNode<Client>): ShareNode<Client> {
    const known = this.nodes.get(original);
    if (known !== undefined) return known;
    const parent = original.parent === undefined ? undefined : this.node(original.parent);
    const copy = { ...original, parent, client: undefined, totals: [...original.totals], order: [] };
    this.nodes.set(original, copy);
    return copy;
  }

  linkNodes(): void {
    for (const [original, copy] of this.nodes) {
      for (const child of original.order) copy.order.push(mapped(this.nodes, child));
    }
  }

  role(original: RoleEntry): RoleEntry {
    const known = this.roles.get(original);
    if (known !== undefined) return known;
    const parent = original.parent === undefined ? undefined : this.role(original.parent);
    const copy: RoleEntry = {
      name: original.name,
      parent,
      children: new Set(),
      node: this.node(original.node),
      own: this.node(original.own),
      clients: new Map(),
      reserved: [...original.reserved],
      quota: original.quota === undefined ? undefined : copyQuota(original.quota),
    };
    parent?.children.add(copy);
    this.roles.set(original, copy);
    return copy;
  }

  agent(original: AgentEntry): AgentEntry {
    const copy: AgentEntry = {
      ...original,
      held: original.held.length === 0 ? [] : original.held.map((held) => ({ ...held })),
      refusals: original.refusals.size === 0 ? this.#noRefusals : new Map(),
    };
    this.agents.set(original, copy);
    return copy;
  }

  framework(original: FrameworkEntry): FrameworkEntry {
    const framework: FrameworkEntry = { ...original, clients: new Map() };
    for (const [role, client] of original.clients)
      framework.clients.set(role, this.#client(client, framework));
    return framework;
  }

  #client(original: Client, framework: FrameworkEntry): Client {
    const node = this.node(original.node);
    const role = mapped(this.roles, original.role);
    const copy: Client = { ...original, framework, role, node, refusals: new Set() };
    node.client = copy;
    role.clients.set(framework.id, copy);
    this.clients.set(original, copy);
    return copy;
  }

  /** Refusals are in their client's set, on their agent's list and, even when they are over, among the expiries. */
  refusal(original: Refusal): Refusal {
    const known = this.refusals.get(original);
    if (known !== undefined) return known;
    // Those that are over may be of clients and agents that are gone; nobody asks for these any more.
    const client = this.clients.get(original.client) ?? original.client;
    const agent = this.agents.get(original.agent) ?? original.agent;
    const copy = { ...original, client, agent };
    this.refusals.set(original, copy);
    return copy;
  }

  linkRefusals(): void {
    for (const [original, agent] of this.agents) {
      if (original.refusals.size === 0) continue;
      for (const [client, refusals] of original.refusals)
        agent.refusals.set(
          mapped(this.clients, client),
          refusals.map((each) => this.refusal(each)),
        );
    }
    for (const [original, client] of this.clients) {
      for (const each of original.refusals) client.refusals.add(this.refusal(each));
    }
  }

  ledger(original: QuotaLedger): QuotaLedger {
    const roles = new Map<string, RoleEntry>();
    const books: (RoleQuota | undefined)[] = original.books.map(() => undefined);
    for (const [name, role] of original.roles) {
      const { quota } = role;
      const copy = mapped(this.roles, role);
      roles.set(name, copy);
      if (quota !== undefined) books[quota.place] = copy.quota;
    }
    return {
      ...original,
      roles,
      unsatisfied: mappedSet(this.roles, original.unsatisfied),
      required: [...original.required],
      free: [...original.free],
      books,
    };
  }
}

/** A state that can be changed without the original noticing. Planned maintenance is left out: it is asked about, not offered. */
export function copyState(state: AllocatorState): AllocatorState {
  const copier = new Copier();
  const root = copier.node(state.shares.root);
  const roles = new Map([...state.roles].map(([name, role]) => [name, copier.role(role)]));
  const agents = new Map([...state.agents].map(([id, agent]) => [id, copier.agent(agent)]));
  const frameworks = new Map([...state.frameworks].map(([id, each]) => [id, copier.framework(each)]));
  copier.linkNodes();
  copier.linkRefusals();
  const dice = { ...state.dice };
  const names = { names: [...state.names.names], indexes: new Map(state.names.indexes) };
  return {
    ...state,
    dice,
    names,
    shares: {
      ...state.shares,
      names,
      root,
      dice,
      totals: [...state.shares.totals],
      leaves: createLeafCache(),
    },
    roles,
    weights: new Map(state.weights),
    frameworks,
    agents,
    holders: new Map([...state.holders].map(([id, held]) => [id, mappedSet(copier.agents, held)])),
    free: mappedSet(copier.agents, state.free),
    dirtyAgents: mappedSet(copier.agents, state.dirtyAgents),
    releasedAgents: mappedSet(copier.agents, state.releasedAgents),
    freshClients: mappedSet(copier.clients, state.freshClients),
    expiries: copyExpiries(state.expiries, (refusal) => copier.refusal(refusal)),
    quota: state.quota === undefined ? undefined : copier.ledger(state.quota),
    maintenance: createMaintenanceBook(),
  };
}
