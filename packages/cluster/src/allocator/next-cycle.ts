// What the next `allocate` would give out, without giving it.
import { type Allocation, allocate } from "./allocate.ts";
import { copyState } from "./copy-state.ts";
import { peekExpiry } from "./expiry-heap.ts";
import type { AllocatorState } from "./state.ts";

function isDue(timeMs: number | undefined, nowMs: number): boolean {
  return timeMs !== undefined && timeMs <= nowMs;
}

/** What a cycle gives out, and the state it leaves. */
export interface NextCycle {
  allocations: Allocation[];
  after: AllocatorState;
}

/** The allocations that `allocate` would make at `nowMs`. It costs a copy of the state only while something waits for it. */
export function nextCycle(state: AllocatorState, nowMs: number): NextCycle {
  const isPending =
    state.dirtyAgents.size > 0 ||
    state.freshClients.size > 0 ||
    isDue(peekExpiry(state.expiries)?.expiresAtMs, nowMs) ||
    isDue(state.releasedUntilMs, nowMs) ||
    isDue(state.quota?.lookAgainAtMs, nowMs);
  if (!isPending) return { allocations: [], after: state };
  const after = copyState(state);
  return { allocations: allocate(after, nowMs), after };
}
