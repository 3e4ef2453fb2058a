// An agent is disconnected, deactivated or draining.
import { knownAgent } from "./known.ts";
import type { AllocatorState } from "./state.ts";

/** Stops offers of an agent; what is booked on it stays. Throws when unknown. */
export function deactivateAgent(state: AllocatorState, agentId: string): void {
  const agent = knownAgent(state, agentId);
  state.operations++;
  agent.active = false;
}
