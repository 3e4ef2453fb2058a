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
import type { Reader } from "./reader.ts";

/** More roles than this are not named. */
const MAX_NAMED_ROLES = 3;

/** `role a, b and 2 more`; roles that may not be seen are neither named nor counted. */
function rolesText(roles: ReadonlySet<string>, reader: Reader): string {
  const seen = [...roles].filter((name) => reader.role(name)).sort();
  if (seen.length === 0) return "other roles";
  const named = seen.slice(0, MAX_NAMED_ROLES);
  const more = seen.length - named.length;
  const rest = more > 0 ? ` and ${more} more` : "";
  return `role ${named.join(", ")}${seen.length < roles.size ? " and other roles" : rest}`;
}

/** In words, for resources of which the client sees too little. */
export function notVisible(resources: readonly Resource[], client: Client, reader: Reader): string {
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
  if (others.size > 0) reasons.push(`reserved for ${rolesText(others, reader)}`);
  if (missing.size > 0)
    reasons.push(`of a kind for which the framework lacks ${[...missing].sort().join(", ")}`);
  return reasons.join("; ");
}
