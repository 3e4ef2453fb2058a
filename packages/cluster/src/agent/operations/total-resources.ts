// What the agent has to give.
import { applyCheckpointedResources, type Resource } from "@mezzo/wire";
import type { AgentState } from "../state.ts";

/** The flags' resources with the reservations and volumes made since. */
export function totalResources({ info, checkpointedResources }: AgentState): Resource[] {
  const total = applyCheckpointedResources(info.resources ?? [], checkpointedResources);
  // What does not fit is refused before it gets into the state.
  if (!total.ok) throw new Error(`Cannot tell the agent's resources: ${total.error}`);
  return total.value;
}
