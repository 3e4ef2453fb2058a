// Looks up what must be there: a missing one is a bug of the caller, not an event.
import type { AgentEntry, AllocatorState, Client, FrameworkEntry } from "./state.ts";

/** The framework; throws when it was not added. */
export function knownFramework(state: AllocatorState, frameworkId: string): FrameworkEntry {
  const framework = state.frameworks.get(frameworkId);
  if (framework === undefined)
    throw new Error(`Cannot find framework ${frameworkId}: the allocator does not know it`);
  return framework;
}

/** The agent; throws when it was not added. */
export function knownAgent(state: AllocatorState, agentId: string): AgentEntry {
  const agent = state.agents.get(agentId);
  if (agent === undefined) throw new Error(`Cannot find agent ${agentId}: the allocator does not know it`);
  return agent;
}

/** The framework in the roles named that it subscribes to; in all of them when none is named. */
export function subscribedClients(framework: FrameworkEntry, roles: Iterable<string>): Client[] {
  const named = new Set(roles);
  const clients = [...framework.clients.values()].filter((client) => client.subscribed);
  return named.size === 0 ? clients : clients.filter((client) => named.has(client.role.name));
}
