// Whether two resources differ in their amount alone, which is what adding and subtracting rest on.
// Called for every pair in every sum, so the cheap and likely answers come first.
import type {
  Resource,
  ResourceDiskInfo,
  ResourceDiskInfoSource,
  ResourceReservationInfo,
} from "../messages.gen.ts";
import { equalLabels } from "../values/labels.ts";

type Reservations = readonly ResourceReservationInfo[] | undefined;

/** Whether two reservations are the same in type, role, principal and labels. */
export function equalReservation(left: ResourceReservationInfo, right: ResourceReservationInfo): boolean {
  if (left === right) return true;
  return (
    left.type === right.type &&
    left.role === right.role &&
    left.principal === right.principal &&
    equalLabels(left.labels, right.labels)
  );
}

function equalReservations(left: Reservations, right: Reservations): boolean {
  if (left === right) return true;
  const size = left === undefined ? 0 : left.length;
  if (size !== (right === undefined ? 0 : right.length)) return false;
  for (let i = 0; i < size; i++) {
    if (!equalReservation(left![i]!, right![i]!)) return false;
  }
  return true;
}

function equalSource(
  left: ResourceDiskInfoSource | undefined,
  right: ResourceDiskInfoSource | undefined,
): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined) return false;
  return (
    left.type === right.type &&
    (left.path === undefined) === (right.path === undefined) &&
    left.path?.root === right.path?.root &&
    (left.mount === undefined) === (right.mount === undefined) &&
    left.mount?.root === right.mount?.root &&
    left.vendor === right.vendor &&
    left.id === right.id &&
    left.profile === right.profile &&
    equalLabels(left.metadata, right.metadata)
  );
}

/** The volume's mount point does not count: it says how the disk is used, not what it is. */
function equalDisk(left: ResourceDiskInfo | undefined, right: ResourceDiskInfo | undefined): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined) return false;
  return equalSource(left.source, right.source) && left.persistence?.id === right.persistence?.id;
}

function equalAllocation(left: Resource, right: Resource): boolean {
  const a = left.allocation_info;
  const b = right.allocation_info;
  return a === b || (a !== undefined && b !== undefined && a.role === b.role);
}

/** Whether everything but the amount is equal; follows `compareResourceMetadata` of resources.cpp. */
export function isSameKind(left: Resource, right: Resource): boolean {
  return (
    left.name === right.name &&
    left.type === right.type &&
    equalAllocation(left, right) &&
    equalReservations(left.reservations, right.reservations) &&
    equalDisk(left.disk, right.disk) &&
    (left.revocable === undefined) === (right.revocable === undefined) &&
    left.provider_id?.value === right.provider_id?.value &&
    (left.shared === undefined) === (right.shared === undefined)
  );
}

/**
 * Whether the resource is one thing that is taken whole or not at all: a persistent volume, a whole mount or block
 * device, a raw disk with an identity, anything shared. Two such are never merged, one is never cut.
 */
export function isIndivisible(resource: Resource): boolean {
  if (resource.shared !== undefined) return true;
  const disk = resource.disk;
  if (disk === undefined) return false;
  if (disk.persistence !== undefined) return true;
  const source = disk.source;
  if (source === undefined || source.type === "PATH") return false;
  return source.type !== "RAW" || source.id !== undefined;
}
