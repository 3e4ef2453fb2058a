// RESERVE and UNRESERVE. Follows `operation::validate` of src/master/validation.cpp.
import type { OfferOperationReserve, OfferOperationUnreserve, Resource } from "../messages.gen.ts";
import { equalResources } from "../resources/equal-resources.ts";
import { formatResourcesJson } from "../resources/format-resources-json.ts";
import { formatResource, formatResources } from "../resources/format-resources.ts";
import {
  hasRefinedReservations,
  isDynamicallyReserved,
  isPersistentVolume,
  reservationRole,
} from "../resources/kinds.ts";
import { normalizeResources } from "../resources/normalize-resources.ts";
import { toUnreserved } from "../resources/reservation-stack.ts";
import { equalReservation } from "../resources/same-kind.ts";
import { frameworkRoles } from "./framework-roles.ts";
import type { OperationContext } from "./operation-context.ts";
import { firstError, prefixed } from "./prefixed.ts";
import {
  validateSingleProvider,
  validateSingleRole,
  validateUsedResources,
} from "./validate-used-resources.ts";

type Resources = readonly Resource[];

function hasSameReservations(left: Resource, right: Resource): boolean {
  const a = left.reservations ?? [];
  const b = right.reservations ?? [];
  return a.length === b.length && a.every((reservation, i) => equalReservation(reservation, b[i]!));
}

function validateUniform(resources: Resources): string | undefined {
  const first = resources[0];
  if (first === undefined) return "Resource cannot be empty";
  if (resources.every((resource) => hasSameReservations(resource, first))) return undefined;
  return `Mixed reservations are not supported${formatResourcesJson(resources)}`;
}

/** Re-reservation: the same amounts under other reservations. */
function validateSource(source: Resources, target: Resources): string | undefined {
  if (source.length === 0) return undefined;
  const [from, to] = [normalizeResources(source), normalizeResources(target)];
  const error =
    prefixed("Invalid source: ", validateUniform(from)) ??
    prefixed("Invalid resources: ", validateUniform(to));
  if (error !== undefined) return error;
  const [before, after] = [toUnreserved(from), toUnreserved(to)];
  if (equalResources(before, after)) return undefined;
  return (
    "Source and target resources should refer to identical resource quantities:" +
    ` ${formatResources(before)} vs. ${formatResources(after)}`
  );
}

function validateAgentCan(resource: Resource, { agent }: OperationContext): string | undefined {
  const role = reservationRole(resource);
  if (!agent.hasHierarchicalRoles && role.includes("/")) {
    return (
      `Resource ${formatResource(resource)} with reservation for hierarchical role '${role}' cannot be reserved on` +
      " an agent without HIERARCHICAL_ROLE capability"
    );
  }
  if (agent.hasReservationRefinement || !hasRefinedReservations(resource)) return undefined;
  return (
    `Resource ${formatResource(resource)} with reservation refinement cannot be reserved on an agent without` +
    " RESERVATION_REFINEMENT capability"
  );
}

function validatePrincipal(resource: Resource, { principal }: OperationContext): string | undefined {
  if (principal === undefined) return undefined;
  const actual = resource.reservations?.at(-1)?.principal;
  if (actual === undefined) {
    return (
      `A reserve operation was attempted by principal '${principal}', but there is a reserved resource in the` +
      " request with no principal set"
    );
  }
  if (actual === principal) return undefined;
  return (
    `A reserve operation was attempted by authenticated principal '${principal}', which does not match a reserved` +
    ` resource in the request with principal '${actual}'`
  );
}

function validateAllocation(resource: Resource, { framework }: OperationContext): string | undefined {
  const allocated = resource.allocation_info?.role;
  if (framework === undefined) {
    if (resource.allocation_info === undefined) return undefined;
    return (
      "A reserve operation was attempted with an allocated resource, but the operator API only allows reservations" +
      " to be made to unallocated resources"
    );
  }
  if (allocated === undefined) {
    return (
      `A reserve operation was attempted on unallocated resource ${formatResource(resource)}, but frameworks can` +
      " only perform reservations on allocated resources"
    );
  }
  const role = reservationRole(resource);
  if (allocated !== role) {
    return (
      `A reserve operation was attempted for a resource with role '${role}', but the resource was allocated to role` +
      ` '${allocated}'`
    );
  }
  const roles = frameworkRoles(framework);
  if (roles.has(allocated)) return undefined;
  return (
    `A reserve operation was attempted for a resource allocated to role '${allocated}', but the framework only has` +
    ` roles '{ ${[...roles].join(", ")} }'`
  );
}

/** Checks a RESERVE. Resources are upgraded, and allocated if a framework asks. */
export function validateReserve(
  reserve: OfferOperationReserve,
  context: OperationContext,
): string | undefined {
  const { resources = [], source = [] } = reserve;
  return (
    prefixed("Invalid resources: ", validateUsedResources(resources)) ??
    prefixed("Invalid source: ", validateUsedResources(source)) ??
    validateSource(source, resources) ??
    prefixed("Invalid resources: ", validateSingleProvider(resources)) ??
    firstError(resources, (resource) => {
      if (!isDynamicallyReserved(resource))
        return `Resource ${formatResource(resource)} is not dynamically reserved`;
      return (
        validateAgentCan(resource, context) ??
        validatePrincipal(resource, context) ??
        validateAllocation(resource, context)
      );
    }) ??
    prefixed(
      "Invalid reservation resources: ",
      context.framework && validateSingleRole(normalizeResources(resources)),
    )
  );
}

/** Checks an UNRESERVE. Who may do it is a question of authorization. */
export function validateUnreserve({ resources = [] }: OfferOperationUnreserve): string | undefined {
  return (
    prefixed("Invalid resources: ", validateUsedResources(resources)) ??
    prefixed("Invalid resources: ", validateSingleProvider(resources)) ??
    firstError(resources, (resource) => {
      if (!isDynamicallyReserved(resource))
        return `Resource ${formatResource(resource)} is not dynamically reserved`;
      if (!isPersistentVolume(resource)) return undefined;
      return (
        `A dynamically reserved persistent volume ${formatResource(resource)} cannot be unreserved directly. Please` +
        " destroy the persistent volume first then unreserve the resource"
      );
    })
  );
}
