// Pushing and popping reservations (docs/reservation.md, "Reservation Refinement").
import type { Resource, ResourceReservationInfo } from "../messages.gen.ts";
import { accumulate } from "./accumulate.ts";
import { equalReservation } from "./same-kind.ts";

/** A copy with exactly these reservations; none leaves the field out. */
export function withReservations(
  resource: Resource,
  reservations: readonly ResourceReservationInfo[] | undefined,
): Resource {
  if (reservations !== undefined && reservations.length > 0)
    return { ...resource, reservations: [...reservations] };
  if (resource.reservations === undefined) return resource;
  const { reservations: _, ...rest } = resource;
  return rest;
}

/** The same resources with no reservation at all; entries that then belong together are joined. */
export function toUnreserved(resources: readonly Resource[]): Resource[] {
  const result: Resource[] = [];
  for (const resource of resources) accumulate(result, withReservations(resource, undefined));
  return result;
}

/** Reserves every entry once more. The caller sees to it that the result is valid. */
export function pushReservation(
  resources: readonly Resource[],
  reservation: ResourceReservationInfo,
): Resource[] {
  const result: Resource[] = [];
  for (const resource of resources) {
    accumulate(result, withReservations(resource, [...(resource.reservations ?? []), reservation]));
  }
  return result;
}

/** Takes the innermost reservation off every entry. */
export function popReservation(resources: readonly Resource[]): Resource[] {
  const result: Resource[] = [];
  for (const resource of resources) {
    accumulate(result, withReservations(resource, resource.reservations?.slice(0, -1)));
  }
  return result;
}

/** The reservations both share, outermost first; follows `Resources::getReservationAncestor`. */
export function commonReservations(left: Resource, right: Resource): ResourceReservationInfo[] {
  const result: ResourceReservationInfo[] = [];
  const others = right.reservations ?? [];
  for (const [i, reservation] of (left.reservations ?? []).entries()) {
    const other = others[i];
    if (other === undefined || !equalReservation(reservation, other)) break;
    result.push(reservation);
  }
  return result;
}
