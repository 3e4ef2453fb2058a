// The state of a cycle that is only foreseen: the live one, but for the parts that the cycle changes.
import type { AllocatorState } from "./state.ts";

/** Those parts. */
export type ForeseenParts = Pick<
  AllocatorState,
  "dice" | "shares" | "quota" | "free" | "dirtyAgents" | "freshClients" | "releasedAgents" | "releasedUntilMs"
>;

/**
 * The state with those parts in place of its own. Written out, property by property in the order of `createAllocator`: a copy
 * of which some are set anew would have V8 compile the allocator again, for it takes those that are never set for constants.
 */
export function foreseenState(state: AllocatorState, parts: ForeseenParts): AllocatorState {
  return {
    intervalMs: state.intervalMs,
    filterGpuResources: state.filterGpuResources,
    masterRegion: state.masterRegion,
    minAllocatable: state.minAllocatable,
    dice: parts.dice,
    names: state.names,
    shares: parts.shares,
    roles: state.roles,
    weights: state.weights,
    frameworks: state.frameworks,
    agents: state.agents,
    holders: state.holders,
    whitelist: state.whitelist,
    free: parts.free,
    dirtyAgents: parts.dirtyAgents,
    batchReleases: state.batchReleases,
    releasedAgents: parts.releasedAgents,
    releasedUntilMs: parts.releasedUntilMs,
    freshClients: parts.freshClients,
    expiries: state.expiries,
    quota: parts.quota,
    heldOff: undefined,
    maintenance: state.maintenance,
    runs: state.runs,
    operations: state.operations,
  };
}
