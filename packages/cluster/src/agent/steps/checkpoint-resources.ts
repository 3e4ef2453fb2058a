// The master tells which reservations and volumes the agent must remember (`Slave::checkpointResourcesMessage`).
import type { CheckpointResourcesMessage } from "@mezzo/wire";
import { applyCheckpointedResources, upgradeResources } from "@mezzo/wire";
import { changeResources } from "../operations/change-resources.ts";
import { refuse, type Turn } from "../turn.ts";

/** Writes the resources down; from then on tasks may use them. */
export function checkpointResources(turn: Turn, from: string, message: CheckpointResourcesMessage): void {
  const { state } = turn;
  if (state.master !== from)
    return refuse(turn, "Ignoring resources: not from the expected master", { from });
  const resources = upgradeResources(message.resources ?? []);
  const total = applyCheckpointedResources(state.info.resources ?? [], resources);
  if (!total.ok)
    return refuse(turn, "Ignoring resources that the agent does not have", { reason: total.error });
  changeResources(turn, { resources });
}
