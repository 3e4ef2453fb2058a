// Reservations and volumes of the agent change (`Slave::checkpointResourceState` of Mesos).
import { equalResources, type Operation, type Resource } from "@mezzo/wire";
import type { PendingResources } from "../checkpoint/pending-resources.ts";
import { agentIdOf } from "../identity.ts";
import { emit, type Turn } from "../turn.ts";
import { volumePath } from "./volume-path.ts";

/** What the agent has from now on. */
export interface ResourceChange {
  resources: Resource[];
  /** The operation that asked for it; it is listed and written down together with the resources. */
  operation?: Operation;
}

/** Takes the resources over and writes them down: new volumes are made, destroyed ones removed. */
export function changeResources(turn: Turn, { resources, operation }: ResourceChange): void {
  const { state } = turn;
  if (operation === undefined && equalResources(resources, state.checkpointedResources)) return;
  if (operation) state.operations.set(operation.uuid.value, operation);
  carryOut(turn, {
    resources,
    ...(operation && { operation: { agentId: agentIdOf(state).value, operation } }),
  });
}

/** Carries out what an earlier agent process had begun: how far it got does not matter. */
export function finishChange(turn: Turn, pending: PendingResources): void {
  carryOut(turn, pending);
}

function carryOut(turn: Turn, { resources, operation }: PendingResources): void {
  const { state } = turn;
  const { workDir } = state.options;
  const before = volumesOf(workDir, state.checkpointedResources);
  const after = volumesOf(workDir, resources);
  state.checkpointedResources = resources;
  emit(turn, {
    type: "checkpoint",
    record: {
      kind: "resources",
      resources,
      created: [...after].filter((path) => !before.has(path)),
      destroyed: [...before].filter((path) => !after.has(path)),
      ...(operation && { operation }),
    },
  });
}

function volumesOf(workDir: string, resources: Resource[]): Set<string> {
  return new Set(resources.flatMap((resource) => volumePath(workDir, resource) ?? []));
}
