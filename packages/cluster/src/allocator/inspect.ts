// Numbers for metrics, endpoints and progress displays. Nothing here changes the state.
import { THOUSANDTHS, namedAmounts } from "./quantity-vector.ts";
import { computeShare } from "./shares/share-tree.ts";
import type { AllocatorState } from "./state.ts";

/**
 * A role's dominant share, or that of one framework in it, by its weight; 0 when unknown. A role with sub-roles answers
 * for its own frameworks, as `allocator/mesos/roles/<role>/shares/dominant` does (sorter/drf/metrics.cpp).
 */
export function dominantShare(state: AllocatorState, role: string, frameworkId?: string): number {
  const entry = state.roles.get(role);
  if (entry === undefined) return 0;
  if (frameworkId !== undefined) {
    const client = entry.clients.get(frameworkId);
    return client === undefined ? 0 : computeShare(state.shares, client.node);
  }
  return computeShare(state.shares, entry.children.size > 0 ? entry.own : entry.node);
}

/** The largest fraction of any resource of the cluster that a framework holds in all its roles together; 0 when unknown. */
export function frameworkShare(state: AllocatorState, frameworkId: string): number {
  let share = 0;
  const framework = state.frameworks.get(frameworkId);
  if (framework === undefined) return share;
  state.shares.totals.forEach((total, index) => {
    let held = 0;
    for (const client of framework.clients.values()) held += client.node.totals[index] ?? 0;
    if (total > 0 && !state.shares.excludedNames.has(state.names.names[index] ?? ""))
      share = Math.max(share, held / total);
  });
  return share;
}

/** Roles that frameworks subscribe to, with what is offered to or used by each and its sub-roles, by name in units. */
export function allocatedQuantities(state: AllocatorState, role: string): Map<string, number> {
  const entry = state.roles.get(role);
  return entry === undefined ? new Map() : namedAmounts(state.names, entry.node.totals);
}

/** `allocator/mesos/resources/<name>/total` and `…/offered_or_allocated`: amounts of the cluster in units. */
export function clusterQuantities(
  state: AllocatorState,
): Map<string, { total: number; offeredOrAllocated: number }> {
  const quantities = new Map<string, { total: number; offeredOrAllocated: number }>();
  const free: number[] = [];
  for (const agent of state.free) {
    for (const resource of agent.available) {
      if (resource.scalar === undefined || resource.shared !== undefined) continue;
      const index = state.names.indexes.get(resource.name) ?? 0;
      free[index] = (free[index] ?? 0) + Math.round(resource.scalar.value * THOUSANDTHS);
    }
  }
  state.names.names.forEach((name, index) => {
    const total = state.shares.totals[index] ?? 0;
    quantities.set(name, {
      total: total / THOUSANDTHS,
      offeredOrAllocated: (total - (free[index] ?? 0)) / THOUSANDTHS,
    });
  });
  return quantities;
}

/** `allocator/mesos/offer_filters/roles/<role>/active`: decline filters in force, without those of refuse_seconds 0. */
export function activeFilters(state: AllocatorState, role: string): number {
  let active = 0;
  for (const client of state.roles.get(role)?.clients.values() ?? []) {
    for (const refusal of client.refusals) if (refusal.kind === "filter") active++;
  }
  return active;
}

/** The roles a framework has suppressed. */
export function suppressedRoles(state: AllocatorState, frameworkId: string): string[] {
  const clients = [...(state.frameworks.get(frameworkId)?.clients.values() ?? [])];
  return clients
    .filter((client) => client.suppressed)
    .map((client) => client.role.name)
    .sort();
}

/** All role paths with frameworks, and nothing else: the roles that have metrics. */
export function subscribedRoles(state: AllocatorState): string[] {
  return [...state.roles.values()]
    .filter((role) => role.clients.size > 0)
    .map((role) => role.name)
    .sort();
}
