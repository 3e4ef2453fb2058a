// Whether a framework stands in a role's share order, and when the pair is forgotten.
import { filtersFor } from "./filters/offer-filters.ts";
import { dropRefusalsOf } from "./refusals.ts";
import { dropUnusedRole } from "./roles.ts";
import { changeActivity } from "./shares/ordering.ts";
import { isZero } from "./quantity-vector.ts";
import type { AllocatorState, Client } from "./state.ts";

/** Brings a client's place in the share order and its filters up to date with its framework and role. */
export function refreshClient(state: AllocatorState, client: Client): void {
  client.filters = filtersFor(state, client);
  const active = client.framework.active && client.subscribed && !client.suppressed;
  if (active === client.active) return;
  client.active = active;
  changeActivity(state.shares, client.node, active ? 1 : -1);
  if (active) state.freshClients.add(client);
  else state.freshClients.delete(client);
}

/** Forgets a client that neither subscribes nor holds anything (tryUntrackFrameworkUnderRole in hierarchical.cpp). */
export function dropClientIfUnused(state: AllocatorState, client: Client): void {
  if (client.subscribed || !isZero(client.node.totals) || holdsAnything(state, client)) return;
  dropRefusalsOf(state, client);
  client.framework.clients.delete(client.role.name);
  client.role.clients.delete(client.framework.id);
  dropUnusedRole(state, client.role);
}

function holdsAnything(state: AllocatorState, client: Client): boolean {
  const frameworkId = client.framework.id;
  for (const agent of state.holders.get(frameworkId) ?? []) {
    if (agent.held.some((held) => held.frameworkId === frameworkId && held.role === client.role.name))
      return true;
  }
  return false;
}
