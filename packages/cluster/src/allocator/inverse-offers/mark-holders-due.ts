// A framework may be asked now that it could not be before.
import type { AllocatorState } from "../state.ts";
import { markMaintenanceDue } from "./maintenance-book.ts";

/** Has all agents with planned maintenance looked at on which the framework holds something. */
export function markHoldersDue(state: AllocatorState, frameworkId: string): void {
  if (state.maintenance.agents.size === 0) return;
  for (const agent of state.holders.get(frameworkId) ?? []) markMaintenanceDue(state.maintenance, agent.id);
}
