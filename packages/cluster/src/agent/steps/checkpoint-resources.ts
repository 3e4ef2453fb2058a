// The master tells which reservations and volumes the agent must remember (`Slave::checkpointResourcesMessage`).
import type { CheckpointResourcesMessage } from "@mezzo/wire";
import { upgradeResources } from "@mezzo/wire";
import { emit, newUuid, refuse, type Turn } from "../turn.ts";

/** Writes the resources down; from then on tasks may use them. */
export function checkpointResources(turn: Turn, from: string, message: CheckpointResourcesMessage): void {
  const { state } = turn;
  if (state.master !== from)
    return refuse(turn, "Ignoring resources: not from the expected master", { from });
  const resources = upgradeResources(message.resources ?? []);
  state.checkpointedResources = resources;
  state.resourceVersion = newUuid(turn);
  emit(turn, { type: "checkpoint", record: { kind: "resources", resources } });
}
