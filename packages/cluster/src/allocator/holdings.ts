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
import { type QuantityVector, addInto, vectorOf } from "./quantity-vector.ts";
import { clientOf } from "./roles.ts";
import { type AmountsAt, charge, discharge } from "./shares/charge.ts";
import type { ShareNode } from "./shares/share-node.ts";
import type { AgentEntry, AllocatorState, Client, FrameworkEntry } from "./state.ts";

/** Whose resources, in which role. */
export interface Holder {
  frameworkId: string;
  role: string;
}

/** Resources with allocation_info and their holder. */
export interface Holding extends Holder {
  resources: readonly Resource[];
  /** Whether it replaces a holding just let go: then it is no further allocation in the order of equal shares. */
  replaces?: boolean;
}

const NOTHING: readonly Resource[] = [];

/** A list without its shared volumes; the very list when it has none. */
export function withoutShared(resources: readonly Resource[]): readonly Resource[] {
  return resources.some(isShared) ? resources.filter((resource) => !isShared(resource)) : resources;
}

/** Sets what is free on an agent. */
export function setAvailable(state: AllocatorState, agent: AgentEntry, available: readonly Resource[]): void {
  agent.available = available;
  agent.availableAmounts = vectorOf(state.names, available);
  if (available.length > 0) state.free.add(agent);
  else state.free.delete(agent);
}

function heldBy(agent: AgentEntry, holder: Holder): readonly Resource[] {
  return agent.held.get(holder.frameworkId)?.get(holder.role) ?? NOTHING;
}

function setHeld(state: AllocatorState, agent: AgentEntry, holding: Holding): void {
  const { frameworkId, role, resources } = holding;
  const byRole = agent.held.get(frameworkId) ?? new Map<string, readonly Resource[]>();
  if (resources.length > 0) byRole.set(role, resources);
  else byRole.delete(role);
  const holders = state.holders.get(frameworkId) ?? new Set<AgentEntry>();
  if (byRole.size > 0) {
    agent.held.set(frameworkId, byRole);
    holders.add(agent);
  } else {
    agent.held.delete(frameworkId);
    holders.delete(agent);
  }
  if (holders.size > 0) state.holders.set(frameworkId, holders);
  else state.holders.delete(frameworkId);
}

/** Whether a holder's resources are counted at a node of the share tree. */
function isBelow(node: ShareNode<Client>, holder: Holder, client: Client): boolean {
  if (node.kind === "framework") return node === client.node;
  if (node.kind === "own") return holder.role === client.role.name;
  return node.path === "" || holder.role === node.path || holder.role.startsWith(`${node.path}/`);
}

/** The shared volumes of `shared` that nobody known below the node holds on the agent: each counts there once. */
function sharedNewAt(
  scope: { state: AllocatorState; agent: AgentEntry; client: Client; node: ShareNode<Client> },
  shared: readonly Resource[],
): Resource[] {
  const { state, agent, client, node } = scope;
  const found: Resource[] = [];
  for (const resource of shared) {
    const equals = (other: Resource): boolean => isShared(other) && equalResource(other, resource);
    if (found.some(equals)) continue;
    let heldAlready = false;
    for (const [frameworkId, byRole] of agent.held) {
      if (heldAlready || !state.frameworks.has(frameworkId)) continue;
      if (node.kind === "framework" && frameworkId !== client.framework.id) continue;
      for (const [role, resources] of byRole) {
        if (isBelow(node, { frameworkId, role }, client) && resources.some(equals)) heldAlready = true;
      }
    }
    if (!heldAlready) found.push(resource);
  }
  return found;
}

/** What a booking counts at each node; held resources must not include it at the time of asking. */
function amountsOf(
  state: AllocatorState,
  agent: AgentEntry,
  booking: { client: Client; resources: readonly Resource[] },
): AmountsAt<Client> {
  const base = vectorOf(state.names, withoutShared(booking.resources));
  const shared = booking.resources.filter(isShared);
  if (shared.length === 0) return () => base;
  return (node) => {
    const amounts: QuantityVector = [...base];
    addInto(
      amounts,
      vectorOf(state.names, sharedNewAt({ state, agent, client: booking.client, node }, shared)),
      1,
    );
    return amounts;
  };
}

function subtractHeld(before: readonly Resource[], holding: Holding): readonly Resource[] {
  if (!containsResources(before, holding.resources)) {
    throw new Error(`Cannot recover resources of framework ${holding.frameworkId}: it does not hold them`);
  }
  return subtractResources(before, holding.resources);
}

/** Books resources (with allocation_info) on a framework without touching what is free; unknown ones are only remembered. */
export function hold(state: AllocatorState, agent: AgentEntry, holding: Holding): void {
  const before = heldBy(agent, holding);
  const framework = state.frameworks.get(holding.frameworkId);
  if (framework !== undefined) {
    const client = clientOf(state, framework, holding.role);
    const amountsAt = amountsOf(state, agent, { client, resources: holding.resources });
    charge(state.shares, client.node, { amountsAt, times: holding.replaces === true ? 0 : 1 });
  }
  const resources = before.length === 0 ? holding.resources : addResources(before, holding.resources);
  setHeld(state, agent, { ...holding, resources });
}

/** Makes a framework known and charges what agents have reported as held by it. */
export function chargeKnown(state: AllocatorState, framework: FrameworkEntry): void {
  const pending: { agent: AgentEntry; role: string; resources: readonly Resource[] }[] = [];
  for (const agent of state.holders.get(framework.id) ?? []) {
    for (const [role, resources] of agent.held.get(framework.id) ?? [])
      pending.push({ agent, role, resources });
    agent.held.delete(framework.id);
  }
  state.frameworks.set(framework.id, framework);
  for (const { agent, role, resources } of pending)
    hold(state, agent, { frameworkId: framework.id, role, resources });
}

/** Takes a booking back; throws when the framework does not hold the resources, for the sums would be wrong from then on. */
export function letGo(state: AllocatorState, agent: AgentEntry, holding: Holding): void {
  const before = heldBy(agent, holding);
  const left = before === holding.resources ? NOTHING : subtractHeld(before, holding);
  setHeld(state, agent, { ...holding, resources: left });
  const framework = state.frameworks.get(holding.frameworkId);
  const client = framework?.clients.get(holding.role);
  if (client === undefined) return;
  discharge(state.shares, client.node, amountsOf(state, agent, { client, resources: holding.resources }));
  dropClientIfUnused(state, client);
}
