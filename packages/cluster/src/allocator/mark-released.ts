// When resources that came back are offered again: at once, or with everything else at the next tick.
import { nextTick } from "./refusals.ts";
import type { AgentEntry, AllocatorState } from "./state.ts";

/** Has the agent looked at in the next run, or in the first one after the interval's next tick. */
export function markReleased(state: AllocatorState, agent: AgentEntry, nowMs: number): void {
  if (state.batchReleases) markForTick(state, agent, nowMs);
  else state.dirtyAgents.add(agent);
}

/** Has the agent looked at in the first run after the interval's next tick. */
function markForTick(state: AllocatorState, agent: AgentEntry, nowMs: number): void {
  state.releasedAgents.add(agent);
  state.releasedUntilMs ??= nextTick(state, nowMs);
}

/** Leaves the agent alone until that tick: an operator's change is often followed by another one. */
export function markChanged(state: AllocatorState, agent: AgentEntry, nowMs: number): void {
  state.dirtyAgents.delete(agent);
  markForTick(state, agent, nowMs);
}

/** Moves the agents whose tick has come among those that are looked at. */
export function releaseDue(state: AllocatorState, nowMs: number): void {
  if (state.releasedUntilMs === undefined || nowMs < state.releasedUntilMs) return;
  for (const agent of state.releasedAgents) state.dirtyAgents.add(agent);
  state.releasedAgents.clear();
  state.releasedUntilMs = undefined;
}
