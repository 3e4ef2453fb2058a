// What kind of resource one is. All of these take the post-refinement format (`reservations`, never `role`).
import type { Resource, ResourceDiskInfoSourceType } from "../messages.gen.ts";
import { isStrictSubroleOf } from "../values/roles.ts";
import { toThousandths } from "../values/scalars.ts";

/** Whether nobody has reserved it. */
export function isUnreserved(resource: Resource): boolean {
  return resource.reservations === undefined || resource.reservations.length === 0;
}

/** Whether it is reserved, at all or for exactly the role given. */
export function isReserved(resource: Resource, role?: string): boolean {
  return !isUnreserved(resource) && (role === undefined || role === reservationRole(resource));
}

/** The role it is reserved for: that of the innermost refinement; `*` when unreserved. */
export function reservationRole(resource: Resource): string {
  return resource.reservations?.at(-1)?.role ?? "*";
}

/** Whether its innermost reservation was made at run time. */
export function isDynamicallyReserved(resource: Resource): boolean {
  return resource.reservations?.at(-1)?.type === "DYNAMIC";
}

/** Whether a reservation refines another (docs/reservation.md, "Reservation Refinement"). */
export function hasRefinedReservations(resource: Resource): boolean {
  return resource.reservations !== undefined && resource.reservations.length > 1;
}

/** Whether it is a volume that outlives its task (docs/persistent-volume.md). */
export function isPersistentVolume(resource: Resource): boolean {
  return resource.disk?.persistence !== undefined;
}

/** Whether several tasks may use it at once (docs/shared-resources.md). */
export function isShared(resource: Resource): boolean {
  return resource.shared !== undefined;
}

/** Whether the agent may take it back (docs/oversubscription.md). */
export function isRevocable(resource: Resource): boolean {
  return resource.revocable !== undefined;
}

/** Whether its disk has a source of the type given. */
export function isDisk(resource: Resource, type: ResourceDiskInfoSourceType): boolean {
  return resource.disk?.source?.type === type;
}

/** Whether a resource provider manages it rather than the agent. */
export function hasResourceProvider(resource: Resource): boolean {
  return resource.provider_id !== undefined;
}

/** Whether a framework of the role may use it: unreserved, or reserved for the role or for one above it. */
export function isAllocatableTo(resource: Resource, role: string): boolean {
  if (isUnreserved(resource)) return true;
  const reserved = reservationRole(resource);
  return role === reserved || isStrictSubroleOf(role, reserved);
}

/** Whether it is allocated to the role or to one below it. */
export function isAllocatedToRoleSubtree(resource: Resource, role: string): boolean {
  const allocated = resource.allocation_info?.role ?? "";
  return allocated === role || isStrictSubroleOf(allocated, role);
}

/** Whether it is reserved for the role or for one below it. */
export function isReservedToRoleSubtree(resource: Resource, role: string): boolean {
  if (isUnreserved(resource)) return false;
  const reserved = reservationRole(resource);
  return reserved === role || isStrictSubroleOf(reserved, role);
}

/** Whether it amounts to nothing. */
export function isEmptyResource(resource: Resource): boolean {
  switch (resource.type) {
    case "SCALAR":
      return toThousandths(resource.scalar?.value ?? 0) === 0;
    case "RANGES":
      return (resource.ranges?.range ?? []).length === 0;
    case "SET":
      return (resource.set?.item ?? []).length === 0;
    default:
      return false;
  }
}
