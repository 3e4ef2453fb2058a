// Why resources may not go to a client at all: for whom they are reserved, or what the framework does not understand.
import {
  type Resource,
  hasRefinedReservations,
  isAllocatableTo,
  isRevocable,
  isShared,
  reservationRole,
} from "@mezzo/wire";
import type { Client } from "../state.ts";

/** More roles than this are not named. */
const MAX_NAMED_ROLES = 3;

/** In words, for resources of which the client sees too little. */
export function notVisible(resources: readonly Resource[], client: Client): string {
  const role = client.role.name;
  const { capabilities } = client.framework;
  const others = new Set<string>();
  const missing = new Set<string>();
  for (const resource of resources) {
    if (!isAllocatableTo(resource, role)) others.add(reservationRole(resource));
    else if (isShared(resource) && !capabilities.sharedResources) missing.add("SHARED_RESOURCES");
    else if (isRevocable(resource) && !capabilities.revocableResources) missing.add("REVOCABLE_RESOURCES");
    else if (hasRefinedReservations(resource) && !capabilities.reservationRefinement)
      missing.add("RESERVATION_REFINEMENT");
  }
  const reasons: string[] = [];
  const named = [...others].sort().slice(0, MAX_NAMED_ROLES);
  if (named.length > 0) {
    const more = others.size - named.length;
    reasons.push(`reserved for role ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`);
  }
  if (missing.size > 0)
    reasons.push(`of a kind for which the framework lacks ${[...missing].sort().join(", ")}`);
  return reasons.join("; ");
}
