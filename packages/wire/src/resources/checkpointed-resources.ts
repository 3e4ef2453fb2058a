// The resources that an agent must remember over a restart. Follows src/common/resources_utils.cpp.
import type { Resource } from "../messages.gen.ts";
import { failure, success } from "../result.ts";
import type { Result } from "../result.ts";
import { addResources } from "./add-resources.ts";
import { containsResources } from "./contains-resources.ts";
import { formatResource, formatResources } from "./format-resources.ts";
import { hasResourceProvider, isDynamicallyReserved, isPersistentVolume } from "./kinds.ts";
import { withReservations } from "./reservation-stack.ts";
import { stripVolume } from "./strip-volume.ts";
import { subtractResources } from "./subtract-resources.ts";

/** Whether flags alone cannot say it again: reserved at run time or a volume, and not a provider's. */
export function needsCheckpointing(resource: Resource): boolean {
  return !hasResourceProvider(resource) && (isDynamicallyReserved(resource) || isPersistentVolume(resource));
}

/** What the agent's flags must have said for this to exist. */
function originOf(resource: Resource): Resource {
  const stripped = isPersistentVolume(resource) ? stripVolume(resource) : resource;
  if (!isDynamicallyReserved(resource)) return stripped;
  const first = resource.reservations?.[0];
  return withReservations(stripped, first?.type === "STATIC" ? [first] : undefined);
}

/** Applies checkpointed resources to those from an agent's flags. */
export function applyCheckpointedResources(
  resources: readonly Resource[],
  checkpointed: readonly Resource[],
): Result<Resource[]> {
  let total = [...resources];
  for (const resource of checkpointed) {
    if (!needsCheckpointing(resource)) {
      return failure(`Unexpected checkpointed resources ${formatResource(resource)}`);
    }
    const origin = originOf(resource);
    if (!containsResources(total, [origin])) {
      return failure(
        `Incompatible agent resources: ${formatResources(total)} does not contain ${formatResource(origin)}`,
      );
    }
    total = addResources(subtractResources(total, [origin]), [resource]);
  }
  return success(total);
}
