// Snapshot in, plan out: who gets what of one agent's free resources. Nothing is booked here.
import {
  type Resource,
  hasRefinedReservations,
  isAllocatableTo,
  isRevocable,
  isShared,
  subtractResources,
} from "@mezzo/wire";
import type { Candidate } from "./filters/offer-filter.ts";
import { type WalkStep, walkClients } from "./shares/walk.ts";
import type { AgentEntry, AllocatorState, Client } from "./state.ts";

/** What one client gets of the agent, without allocation_info. */
export interface Grant {
  client: Client;
  resources: readonly Resource[];
}

const NOTHING: readonly Resource[] = [];

/** Whether the framework understands the resource (stripIncapableResources in hierarchical.cpp). */
function isUnderstoodBy(client: Client, resource: Resource): boolean {
  const { capabilities } = client.framework;
  if (isShared(resource) && !capabilities.sharedResources) return false;
  if (isRevocable(resource) && !capabilities.revocableResources) return false;
  return capabilities.reservationRefinement || !hasRefinedReservations(resource);
}

/** The part of a list that may go to a client at all: unreserved or reserved above its role, and understood by it. */
export function visibleTo(
  client: Client,
  agent: AgentEntry,
  resources: readonly Resource[],
): readonly Resource[] {
  if (agent.plain) return resources;
  const role = client.role.name;
  const visible = resources.filter(
    (resource) => isAllocatableTo(resource, role) && isUnderstoodBy(client, resource),
  );
  return visible.length === resources.length ? resources : visible;
}

/** Whether no filter objects; at a time to come when one is given. */
export function passesAll(state: AllocatorState, candidate: Candidate, nowMs?: number): boolean {
  for (const filter of candidate.client.filters) {
    if (!filter.check(state, candidate, nowMs)) return false;
  }
  return true;
}

function subtract(from: readonly Resource[], taken: readonly Resource[]): readonly Resource[] {
  return from === taken ? NOTHING : subtractResources(from, taken);
}

/**
 * Hands an agent's free resources to the clients in DRF order; the first willing one gets all it may see, as in Mesos.
 * A shared volume is offered once a plan. `only` limits the plan to some clients; with `nowMs` refusals that have ended by
 * then do not count.
 */
export function planAgent(
  state: AllocatorState,
  agent: AgentEntry,
  { only, nowMs }: { only?: ReadonlySet<Client> | undefined; nowMs?: number } = {},
): Grant[] {
  const grants: Grant[] = [];
  let remaining = agent.available;
  const consider = (client: Client): WalkStep => {
    const resources = visibleTo(client, agent, remaining);
    if (resources.length === 0 || !passesAll(state, { client, agent, resources }, nowMs)) return "next";
    grants.push({ client, resources });
    remaining = subtract(remaining, resources);
    return remaining.length === 0 ? "stop" : "next";
  };
  if (remaining.length === 0) return grants;
  if (only?.size === 1) {
    for (const client of only) consider(client);
  } else {
    walkClients(state.shares, (client) =>
      only === undefined || only.has(client) ? consider(client) : "next",
    );
  }
  return grants;
}
