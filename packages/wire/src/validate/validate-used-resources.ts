// What frameworks may ask for in tasks, executors and operations, beyond each resource being valid by itself.
// Follows `resource::validate` and its neighbours in src/master/validation.cpp. All take upgraded resources.
import type { Resource } from "../messages.gen.ts";
import { addResources, sumResources } from "../resources/add-resources.ts";
import { scalarOf } from "../resources/filter-resources.ts";
import { formatResource } from "../resources/format-resources.ts";
import {
  isDynamicallyReserved,
  isPersistentVolume,
  isRevocable,
  isUnreserved,
  reservationRole,
} from "../resources/kinds.ts";
import { withoutSharedCopies } from "../resources/normalize-resources.ts";
import { addQuantities, type Quantities, quantitiesOf } from "../resources/quantities.ts";
import { firstError, prefixed } from "./prefixed.ts";
import { validateId } from "./validate-id.ts";
import { validateResources } from "./validate-resource.ts";

type Resources = readonly Resource[];

/** Checks that graphics processors are asked for whole. */
export function validateGpus(resources: Resources): string | undefined {
  const gpus = scalarOf(resources, "gpus") ?? 0;
  return Math.trunc(gpus * 1000) % 1000 === 0 ? undefined : "The 'gpus' resource must be an unsigned integer";
}

function validateDiskInfo(resource: Resource): string | undefined {
  const { disk } = resource;
  if (disk === undefined) return undefined;
  if (disk.persistence === undefined) {
    if (disk.volume !== undefined) return "Non-persistent volume not supported";
    return disk.source === undefined ? "DiskInfo is set but empty" : undefined;
  }
  if (isRevocable(resource)) return "Persistent volumes cannot be created from revocable resources";
  if (isUnreserved(resource)) return "Persistent volumes cannot be created from unreserved resources";
  if (disk.volume === undefined) return "Expecting 'volume' to be set for persistent volume";
  if (disk.volume.host_path !== undefined) return "Expecting 'host_path' to be unset for persistent volume";
  return prefixed("Invalid persistence ID for persistent volume: ", validateId(disk.persistence.id));
}

function validateDynamicReservation(resource: Resource): string | undefined {
  if (!isDynamicallyReserved(resource) || !isRevocable(resource)) return undefined;
  return (
    `Dynamically reserved resource ${formatResource(resource)} cannot be created from revocable` +
    " resources"
  );
}

/** Checks resources that a framework wants to use. */
export function validateUsedResources(resources: Resources): string | undefined {
  return (
    prefixed("Invalid resources: ", validateResources(resources)) ??
    prefixed("Invalid 'gpus' resource: ", validateGpus(resources)) ??
    prefixed("Invalid DiskInfo: ", firstError(resources, validateDiskInfo)) ??
    prefixed("Invalid ReservationInfo: ", firstError(resources, validateDynamicReservation))
  );
}

/** Checks that no two volumes of a role share an id. */
export function validateUniquePersistenceId(resources: Resources): string | undefined {
  const seen = new Set<string>();
  // Copies of one shared volume are one volume.
  for (const volume of withoutSharedCopies(resources)) {
    if (!isPersistentVolume(volume)) continue;
    const id = volume.disk?.persistence?.id ?? "";
    const key = `${reservationRole(volume)}\0${id}`;
    if (seen.has(key)) return `Persistence ID '${id}' is not unique`;
    seen.add(key);
  }
  return undefined;
}

/** Checks that a name is used either revocably or not. */
export function validateRevocable(resources: Resources): string | undefined {
  for (const resource of resources) {
    if (!isRevocable(resource)) continue;
    const { name } = resource;
    if (resources.some((other) => other.name === name && !isRevocable(other))) {
      return `Cannot use both revocable and non-revocable '${name}' at the same time`;
    }
  }
  return undefined;
}

/** Checks that all are allocated, and to one role. */
export function validateSingleRole(resources: Resources): string | undefined {
  let first: string | undefined;
  for (const { allocation_info: allocation } of resources) {
    const role = allocation?.role;
    if (role === undefined) return "The resources are not allocated to a role";
    first ??= role;
    if (role !== first) {
      return (
        `The resources have multiple allocation roles ('${role}' and '${first}') but only one allocation role is` +
        " allowed"
      );
    }
  }
  return undefined;
}

/** Checks that all come from the agent itself or from one resource provider. No resources are an error too, as in Mesos. */
export function validateSingleProvider(resources: Resources): string | undefined {
  const providers = new Set(resources.map(({ provider_id: provider }) => provider?.value));
  if (providers.size === 1) return undefined;
  if (providers.has(undefined)) return "Some resources have a resource provider and some do not";
  return `The resources have multiple resource providers: ${[...providers].join(", ")}`;
}

/** Checks that all are persistent volumes that can be written to. */
export function validatePersistentVolumes(volumes: Resources): string | undefined {
  return firstError(volumes, (volume) => {
    const { disk } = volume;
    if (disk === undefined) return `Resource ${formatResource(volume)} does not have DiskInfo`;
    if (disk.persistence === undefined) return "'persistence' is not set in DiskInfo";
    if (disk.volume === undefined) return "Expecting 'volume' to be set for persistent volume";
    return disk.volume.mode === "RO" ? "Read-only persistent volume not supported" : undefined;
  });
}

function isEqualQuantities(left: Quantities, right: Quantities): boolean {
  return left.size === right.size && [...left].every(([name, quantity]) => right.get(name) === quantity);
}

/** Whether several lists claim the same port or the same item of a set: then their sum is less than its parts. */
export function hasOverlap(lists: readonly Resources[]): boolean {
  let quantities: Quantities = new Map();
  for (const list of lists) quantities = addQuantities(quantities, quantitiesOf(addResources([], list)));
  return !isEqualQuantities(quantities, quantitiesOf(sumResources(lists)));
}
