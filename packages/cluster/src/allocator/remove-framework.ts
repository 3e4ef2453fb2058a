// A framework is gone: all it was offered or used is free again.
import { giveBack } from "./give-back.ts";
import { dropClientIfUnused, refreshClient } from "./clients.ts";
import { endRefusalsOf } from "./inverse-offers/maintenance-book.ts";
import { knownFramework } from "./known.ts";
import { dropRefusalsOf } from "./refusals.ts";
import type { AllocatorState } from "./state.ts";

/** Removes a framework and frees what it holds; later `recoverResources` for it are ignored. Throws when unknown. */
export function removeFramework(state: AllocatorState, frameworkId: string): void {
  const framework = knownFramework(state, frameworkId);
  state.operations++;
  for (const client of framework.clients.values()) {
    client.subscribed = false;
    dropRefusalsOf(state, client);
    refreshClient(state, client);
  }
  for (const agent of state.holders.get(frameworkId) ?? []) {
    for (const held of agent.held.filter((held) => held.frameworkId === frameworkId))
      giveBack(state, agent, held);
    state.dirtyAgents.add(agent);
  }
  state.holders.delete(frameworkId);
  for (const client of framework.clients.values()) dropClientIfUnused(state, client);
  endRefusalsOf(state.maintenance, frameworkId);
  state.frameworks.delete(frameworkId);
}
