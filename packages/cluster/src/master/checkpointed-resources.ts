// What an agent has once its dynamic reservations and volumes are applied to what it was started with.
import {
  type Resource,
  type Result,
  addResources,
  containsResources,
  failure,
  formatResources,
  isDynamicallyReserved,
  isPersistentVolume,
  subtractResources,
  success,
} from "@mezzo/wire";

/** The resource as it was before it was reserved, made a volume, or shared. */
function strip(resource: Resource): Resource {
  const { shared: _shared, ...unshared } = resource;
  const stripped: Resource = unshared;
  if (isDynamicallyReserved(resource)) {
    const first = resource.reservations?.[0];
    stripped.reservations = first?.type === "STATIC" ? [first] : [];
  }
  if (isPersistentVolume(resource) && stripped.disk !== undefined) {
    const { persistence: _persistence, volume: _volume, ...disk } = stripped.disk;
    if (disk.source === undefined) delete stripped.disk;
    else stripped.disk = disk;
  }
  return stripped;
}

/** The agent's total. @see Mesos src/common/resources_utils.cpp applyCheckpointedResources */
export function applyCheckpointedResources(
  resources: readonly Resource[],
  checkpointed: readonly Resource[],
): Result<readonly Resource[]> {
  let total = resources;
  for (const resource of checkpointed) {
    if (!isDynamicallyReserved(resource) && !isPersistentVolume(resource)) {
      return failure(`Unexpected checkpointed resources ${formatResources([resource])}`);
    }
    const before = [strip(resource)];
    if (!containsResources(total, before)) {
      return failure(
        `Incompatible agent resources: ${formatResources(total)} does not contain ${formatResources(before)}`,
      );
    }
    total = addResources(subtractResources(total, before), [resource]);
  }
  return success(total);
}
