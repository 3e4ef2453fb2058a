// What the next `allocate` would give out, without giving it.
import { unallocateResources } from "@mezzo/wire";
import { allocate } from "./allocate.ts";
import { copyState } from "./copy-state.ts";
import { nextExpiryAt } from "./expiries.ts";
import { type NextCycle, previewCycle } from "./preview-cycle.ts";
import type { AllocatorState } from "./state.ts";

function isDue(timeMs: number | undefined, nowMs: number): boolean {
  return timeMs !== undefined && timeMs <= nowMs;
}

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
  // Booked as they are given, with their marks: by these the books know a shared volume that is held already.
  const given = allocate(after, nowMs).map((each) => ({
    ...each,
    resources: unallocateResources(each.resources),
  }));
  return { given, after };
}
