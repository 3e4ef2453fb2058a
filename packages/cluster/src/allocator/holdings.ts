// Who holds what on an agent: the one place where holdings, free resources and shares change together.
import {
  type Resource,
  addResources,
  containsResources,
  equalResource,
  isShared,
  subtractResources,
} from "@mezzo/wire";
import { dropClientIfUnused } from "./clients.ts";
import { vectorOf } from "./quantity-vector.ts";
import { chargeQuota, noteFree, noteReported } from "./quota/quota-ledger.ts";
import { clientOf } from "./roles.ts";
import { type Booking, charge, discharge } from "./shares/charge.ts";
import type { ShareNode } from "./shares/share-node.ts";
import type { AgentEntry, AllocatorState, Client, FrameworkEntry, Holding } from "./state.ts";

const NOTHING: readonly Resource[] = [];

/** A list without its shared volumes; the very list when it has none. */
export function withoutShared(resources: readonly Resource[]): readonly Resource[] {
  return resources.some(isShared) ? resources.filter((resource) => !isShared(resource)) : resources;
}

/** Sets what is free on an agent. */
export function setAvailable(state: AllocatorState, agent: AgentEntry, available: readonly Resource[]): void {
  agent.available = available;
  agent.availableAmounts = available === agent.total ? agent.totalAmounts : vectorOf(state.names, available);
  if (available.length > 0) state.free.add(agent);
  else state.free.delete(agent);
  noteFree(state, agent);
}

function findHolding(agent: AgentEntry, holding: Holding): Holding | undefined {
  for (const held of agent.held) {
    if (held.frameworkId === holding.frameworkId && held.role === holding.role) return held;
  }
  return undefined;
}

function noteHolder(state: AllocatorState, agent: AgentEntry, frameworkId: string): void {
  const holders = state.holders.get(frameworkId);
  if (holders === undefined) state.holders.set(frameworkId, new Set([agent]));
  else holders.add(agent);
}

function forgetHolding(state: AllocatorState, agent: AgentEntry, held: Holding): void {
  agent.held.splice(agent.held.indexOf(held), 1);
  const { frameworkId } = held;
  if (agent.held.some((other) => other.frameworkId === frameworkId)) return;
  const holders = state.holders.get(frameworkId);
  holders?.delete(agent);
  // A known framework's set is kept for its next resources; it goes with the framework.
  if (holders?.size === 0 && !state.frameworks.has(frameworkId)) state.holders.delete(frameworkId);
}

/** Whether a holder's resources are counted at a node of the share tree. */
function isBelow(node: ShareNode<Client>, holding: Holding, client: Client): boolean {
  if (node.kind === "framework") return node === client.node && holding.frameworkId === client.framework.id;
  if (node.kind === "own") return holding.role === client.role.name;
  return node.path === "" || holding.role === node.path || holding.role.startsWith(`${node.path}/`);
}

interface SharedBooking {
  client: Client;
  shared: readonly Resource[];
}

/** The shared volumes that nobody known below the node holds on the agent: each counts there once. */
function newAt(
  state: AllocatorState,
  agent: AgentEntry,
  booking: SharedBooking & { node: ShareNode<Client> },
): Resource[] {
  const { client, shared, node } = booking;
  const counted = agent.held.filter(
    (held) => state.frameworks.has(held.frameworkId) && isBelow(node, held, client),
  );
  const found: Resource[] = [];
  for (const resource of shared) {
    const isSame = (other: Resource): boolean => isShared(other) && equalResource(other, resource);
    if (!found.some(isSame) && !counted.some((held) => held.resources.some(isSame))) found.push(resource);
  }
  return found;
}

/** What a booking counts at each node; the agent's holdings must not include it when it is charged or discharged. */
function bookingOf(
  state: AllocatorState,
  agent: AgentEntry,
  held: { client: Client; resources: readonly Resource[] },
): Booking<Client> {
  const { client, resources } = held;
  if (!resources.some(isShared))
    return { amounts: vectorOf(state.names, resources), sharedAmountsAt: undefined };
  const shared = resources.filter(isShared);
  return {
    amounts: vectorOf(state.names, withoutShared(resources)),
    sharedAmountsAt: (node) => vectorOf(state.names, newAt(state, agent, { client, shared, node })),
  };
}

/** The client of a holding; of a framework that is not known there is none. */
function holderOf(state: AllocatorState, { frameworkId, role }: Holding): Client | undefined {
  const framework = state.frameworks.get(frameworkId);
  return framework === undefined ? undefined : clientOf(state, framework, role);
}

/**
 * Books resources on a framework without touching what is free. Of frameworks not known yet it is only remembered.
 * One that replaces a holding just let go is no further allocation in the order of equal shares. Whoever has the client at
 * hand gives it, and says when it is all that is free on the agent: the sum of that is known.
 */
export function hold(
  state: AllocatorState,
  agent: AgentEntry,
  holding: Holding & { replaces?: boolean; client?: Client; isAllFree?: boolean },
): void {
  const { frameworkId, role, resources, isAllFree = false } = holding;
  const client = holding.client ?? holderOf(state, holding);
  if (client !== undefined) {
    const times = holding.replaces === true ? 0 : 1;
    if (isAllFree && agent.plain) {
      const amounts = agent.availableAmounts;
      charge(state.shares, client.node, { amounts, sharedAmountsAt: undefined, times });
      chargeQuota(state, client.role, { resources, sign: 1, amounts });
    } else {
      const { amounts, sharedAmountsAt } = bookingOf(state, agent, { client, resources });
      charge(state.shares, client.node, { amounts, sharedAmountsAt, times });
      chargeQuota(state, client.role, { resources, sign: 1 });
    }
  }
  const held = findHolding(agent, holding);
  if (held !== undefined) held.resources = addResources(held.resources, resources);
  else {
    agent.held.push({ frameworkId, role, resources });
    noteHolder(state, agent, frameworkId);
  }
}

/** Makes a framework known and charges what agents have reported as held by it. */
export function chargeKnown(state: AllocatorState, framework: FrameworkEntry): void {
  const pending: [AgentEntry, Holding][] = [];
  for (const agent of state.holders.get(framework.id) ?? []) {
    const reported = agent.held.filter((held) => held.frameworkId === framework.id);
    for (const held of reported) {
      pending.push([agent, held]);
      agent.held.splice(agent.held.indexOf(held), 1);
    }
  }
  state.frameworks.set(framework.id, framework);
  for (const [agent, held] of pending) hold(state, agent, held);
  if (pending.length > 0) noteReported(state);
}

/** Takes a booking back; throws when the framework does not hold the resources, for the sums would be wrong from then on. */
export function letGo(state: AllocatorState, agent: AgentEntry, holding: Holding): void {
  const { frameworkId, role, resources } = holding;
  const held = findHolding(agent, holding);
  if (held === undefined || (held.resources !== resources && !containsResources(held.resources, resources))) {
    throw new Error(
      `Cannot recover resources on agent ${agent.id}: framework ${frameworkId} does not hold them`,
    );
  }
  held.resources = held.resources === resources ? NOTHING : subtractResources(held.resources, resources);
  if (held.resources.length === 0) forgetHolding(state, agent, held);
  const client = state.frameworks.get(frameworkId)?.clients.get(role);
  if (client === undefined) return;
  discharge(state.shares, client.node, bookingOf(state, agent, { client, resources }));
  chargeQuota(state, client.role, { resources, sign: -1 });
  dropClientIfUnused(state, client);
}
