// CheckpointResourcesMessage: which reservations and volumes an agent must have.
import { downgradeResources, hasRefinedReservations } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { type Turn, log } from "../turn.ts";

/** Tells an agent that does not know operations; agents that cannot refine reservations are not told of such. */
export function sendCheckpointedResources(turn: Turn, agent: Agent): void {
  const refines = agent.capabilities.has("RESERVATION_REFINEMENT");
  if (!refines && agent.checkpointedResources.some(hasRefinedReservations)) {
    return log(turn, "warn", {
      message:
        "Not sending checkpointed resources with refined reservations to an agent that cannot have them",
      facts: { agentId: agent.id },
    });
  }
  const resources = refines
    ? [...agent.checkpointedResources]
    : downgradeResources(agent.checkpointedResources);
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "CheckpointResourcesMessage",
    body: { resources },
  });
}
