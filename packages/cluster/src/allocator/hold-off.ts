// No offers for a while after a failover: with quota, what a part of the agents can give is no measure of what there is.
import type { AllocatorState } from "./state.ts";

/** When offers begin. */
export interface HoldOff {
  /** As soon as so many agents are there … */
  readonly agents: number;
  /** … or at this time, ms. */
  readonly untilMs: number;
}

/**
 * Makes no offers until enough agents are there. Without quota, or with nobody to wait for, it does nothing.
 * @see Mesos src/master/allocator/mesos/hierarchical.cpp recover
 */
export function holdOff(state: AllocatorState, until: HoldOff): void {
  if (state.quota === undefined || until.agents <= state.agents.size) return;
  state.heldOff = until;
}

/** Whether to wait on. */
export function mustWait({ heldOff, agents }: AllocatorState, nowMs: number): boolean {
  return heldOff !== undefined && nowMs < heldOff.untilMs && agents.size < heldOff.agents;
}

/** Whether to wait on; forgets it when enough agents are there or the time has come. */
export function isHeldOff(state: AllocatorState, nowMs: number): boolean {
  if (mustWait(state, nowMs)) return true;
  state.heldOff = undefined;
  return false;
}
