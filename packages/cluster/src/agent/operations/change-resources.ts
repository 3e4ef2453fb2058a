// Reservations and volumes of the agent change (`Slave::checkpointResourceState` of Mesos).
import { equalResources, type Resource } from "@mezzo/wire";
import { emit, type Turn } from "../turn.ts";
import { volumePath } from "./volume-path.ts";

/** Writes the resources down, after new volumes are made and destroyed ones are emptied. */
export function changeResources(turn: Turn, resources: Resource[]): void {
  const { state } = turn;
  if (equalResources(resources, state.checkpointedResources)) return;
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
    },
  });
}

function volumesOf(workDir: string, resources: Resource[]): Set<string> {
  return new Set(resources.flatMap((resource) => volumePath(workDir, resource) ?? []));
}
