// When all agents are looked at again because of quota. What it keeps back on one agent may become free to give by
// something that happens on another; that is not worth a look at the whole cluster each time, so it waits for the
// interval's next tick, at which Mesos looks at everything anyway.
import { nextTick } from "../refusals.ts";
import type { AllocatorState } from "../state.ts";

/** Has every agent looked at in this run when the time has come. */
export function lookAgainIfDue(state: AllocatorState, nowMs: number): void {
  const ledger = state.quota;
  if (ledger?.lookAgainAtMs === undefined || nowMs < ledger.lookAgainAtMs) return;
  for (const agent of state.free) state.dirtyAgents.add(agent);
  ledger.lookAgainAtMs = undefined;
  ledger.withheld = false;
  ledger.loosened = false;
}

/** Plans the next look when something was kept back and may not have to be any longer. */
export function planLookAgain(state: AllocatorState, nowMs: number): void {
  const ledger = state.quota;
  if (ledger === undefined || !ledger.withheld || !ledger.loosened) return;
  ledger.lookAgainAtMs ??= nextTick(state, nowMs);
}
