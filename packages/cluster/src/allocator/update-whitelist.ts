// `--whitelist`: the hostnames of agents that may be offered.
import type { AllocatorState } from "./state.ts";

/** Sets the hostnames; undefined lets all agents be offered. */
export function updateWhitelist(state: AllocatorState, hostnames: Iterable<string> | undefined): void {
  state.operations++;
  state.whitelist = hostnames === undefined ? undefined : new Set(hostnames);
  for (const agent of state.free) state.dirtyAgents.add(agent);
}
