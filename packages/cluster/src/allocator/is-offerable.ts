// Whether an agent takes part in offers at all.
import type { AgentEntry, AllocatorState } from "./state.ts";

/** Whether the agent may be offered to anybody: active, and on the whitelist if there is one. */
export function isOfferable(state: AllocatorState, agent: AgentEntry): boolean {
  return agent.active && (state.whitelist === undefined || state.whitelist.has(agent.info.hostname));
}
