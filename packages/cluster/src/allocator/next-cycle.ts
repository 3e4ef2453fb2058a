// What the next `allocate` would give out, without giving it.
import type { Resource } from "@mezzo/wire";
import { runCycle } from "./allocate.ts";
import { copyState } from "./copy-state.ts";
import { nextExpiryAt } from "./expiries.ts";
import { type NextCycle, previewCycle } from "./preview-cycle.ts";
import type { AllocatorState } from "./state.ts";

function isDue(timeMs: number | undefined, nowMs: number): boolean {
  return timeMs !== undefined && timeMs <= nowMs;
}

/** Nobody is sent what is only looked at. */
const unmarked = (resources: readonly Resource[]): Resource[] => [...resources];

/** The allocations that `allocate` would make at `nowMs`. It costs a copy of the whole state only where shared volumes wait for it. */
export function nextCycle(state: AllocatorState, nowMs: number): NextCycle {
  const isPending =
    state.dirtyAgents.size > 0 ||
    state.freshClients.size > 0 ||
    isDue(nextExpiryAt(state.expiries), nowMs) ||
    isDue(state.releasedUntilMs, nowMs) ||
    isDue(state.quota?.lookAgainAtMs, nowMs);
  if (!isPending) return { given: [], after: state };
  const previewed = previewCycle(state, nowMs);
  if (previewed !== undefined) return previewed;
  const after = copyState(state);
  return { given: runCycle(after, nowMs, unmarked), after };
}
