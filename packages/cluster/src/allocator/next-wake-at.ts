// When the allocator wants to be asked again although nothing happens.
import { peekExpiry } from "./expiry-heap.ts";
import type { AllocatorState } from "./state.ts";

/**
 * The time in ms at which `allocate` is to be called: 0 (at once) while changes wait for it, else when the next refusal
 * ends, the next tick releases something, quota lets go of something or an inverse offer comes again, undefined when only events can change anything.
 */
export function nextWakeAt(state: AllocatorState): number | undefined {
  if (state.dirtyAgents.size > 0 || state.freshClients.size > 0 || state.maintenance.due.size > 0) return 0;
  const times = [
    peekExpiry(state.expiries)?.expiresAtMs,
    state.releasedUntilMs,
    state.maintenance.nextWakeAtMs,
    state.quota?.lookAgainAtMs,
  ];
  const known = times.filter((timeMs) => timeMs !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
