// When the allocator wants to be asked again although nothing happens.
import { peekExpiry } from "./expiry-heap.ts";
import type { AllocatorState } from "./state.ts";

/**
 * The time in ms at which `allocate` is to be called: 0 (at once) while changes wait for it, else when the next refusal
 * ends or the next tick releases something, undefined when only events can change anything.
 */
export function nextWakeAt(state: AllocatorState): number | undefined {
  if (state.dirtyAgents.size > 0 || state.freshClients.size > 0) return 0;
  const expiresAtMs = peekExpiry(state.expiries)?.expiresAtMs;
  if (state.releasedUntilMs === undefined) return expiresAtMs;
  return Math.min(state.releasedUntilMs, expiresAtMs ?? state.releasedUntilMs);
}
