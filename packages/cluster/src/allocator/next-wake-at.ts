// When the allocator wants to be asked again although nothing happens.
import { nextExpiryAt } from "./expiries.ts";
import type { AllocatorState } from "./state.ts";

/**
 * The time in ms at which `allocate` is to be called: 0 (at once) while changes wait for it, else when the next refusal
 * ends, the next tick releases something, quota may let go of something or an inverse offer comes again, undefined when
 * only events can change anything. While offers are held off it is the time at which that ends.
 */
export function nextWakeAt(state: AllocatorState): number | undefined {
  const { heldOff } = state;
  if (heldOff !== undefined && state.agents.size < heldOff.agents) return heldOff.untilMs;
  if (state.dirtyAgents.size > 0 || state.freshClients.size > 0 || state.maintenance.due.size > 0) return 0;
  const times = [
    nextExpiryAt(state.expiries),
    state.releasedUntilMs,
    state.maintenance.nextWakeAtMs,
    state.quota?.lookAgainAtMs,
  ];
  const known = times.filter((timeMs) => timeMs !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
