// Between the two formats of a reservation: `role` with `reservation` (before refinement), and the stack `reservations`.
// Follows `convertResourceFormat` of src/common/resources_utils.cpp.
import type { Resource, ResourceReservationInfo } from "../messages.gen.ts";
import { hasRefinedReservations } from "./kinds.ts";

function withoutOldFields(resource: Resource): Resource {
  if (resource.role === undefined && resource.reservation === undefined) return resource;
  const { role: _, reservation: __, ...rest } = resource;
  return rest;
}

/** Turns one resource of either format (or both at once, as endpoints show it) into the one with `reservations`. */
export function upgradeResource(resource: Resource): Resource {
  const { role = "*", reservation } = resource;
  if (resource.reservations !== undefined && resource.reservations.length > 0)
    return withoutOldFields(resource);
  if (role === "*") return withoutOldFields(resource);
  const upgraded: ResourceReservationInfo =
    reservation === undefined ? { type: "STATIC", role } : { ...reservation, type: "DYNAMIC", role };
  return { ...withoutOldFields(resource), reservations: [upgraded] };
}

/** Turns every resource into the format with `reservations`, in which all of the system works. */
export function upgradeResources(resources: readonly Resource[]): Resource[] {
  return resources.map((resource) => upgradeResource(resource));
}

function oldReservation({ principal, labels }: ResourceReservationInfo): ResourceReservationInfo {
  return { ...(principal !== undefined && { principal }), ...(labels !== undefined && { labels }) };
}

/**
 * Adds `role` and `reservation` beside `reservations`: the "endpoint" format that `/state` and its like show.
 * Refined reservations have no old form and stay as they are.
 */
export function toEndpointResource(resource: Resource): Resource {
  const stack = resource.reservations ?? [];
  const only = stack[0];
  if (only === undefined) return { ...resource, role: "*" };
  if (stack.length > 1) return resource;
  const role = only.role ?? "*";
  if (only.type !== "DYNAMIC") return { ...resource, role };
  return { ...resource, role, reservation: oldReservation(only) };
}

/** Turns one resource into the old format, where it has one: refined reservations stay as they are. */
export function downgradeResource(resource: Resource): Resource {
  if (hasRefinedReservations(resource)) return resource;
  const { reservations: _, ...rest } = toEndpointResource(resource);
  return rest;
}

/** Turns resources into the old format for peers without RESERVATION_REFINEMENT; see `downgradeResource`. */
export function downgradeResources(resources: readonly Resource[]): Resource[] {
  return resources.map((resource) => downgradeResource(resource));
}
