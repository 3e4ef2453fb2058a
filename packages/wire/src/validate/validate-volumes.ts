// CREATE and DESTROY of persistent volumes. Follows `operation::validate` of src/master/validation.cpp.
import type { OfferOperationCreate, OfferOperationDestroy, Resource } from "../messages.gen.ts";
import { addResources } from "../resources/add-resources.ts";
import { unallocateResources } from "../resources/allocate-resources.ts";
import { containsResources } from "../resources/contains-resources.ts";
import { formatResource } from "../resources/format-resources.ts";
import {
  hasRefinedReservations,
  hasResourceProvider,
  isShared,
  reservationRole,
} from "../resources/kinds.ts";
import { normalizeResources } from "../resources/normalize-resources.ts";
import { hasCapability } from "./framework-roles.ts";
import type { OperationContext } from "./operation-context.ts";
import { firstError, prefixed } from "./prefixed.ts";
import {
  validatePersistentVolumes,
  validateSingleProvider,
  validateSingleRole,
  validateUniquePersistenceId,
  validateUsedResources,
} from "./validate-used-resources.ts";

function validateMayShare(volume: Resource, { framework }: OperationContext): string | undefined {
  if (framework === undefined || !isShared(volume) || hasCapability(framework, "SHARED_RESOURCES"))
    return undefined;
  return (
    `Create volume operation for '${formatResource(volume)}' has been attempted by framework` +
    ` '${framework.id?.value ?? ""}' with no SHARED_RESOURCES capability`
  );
}

function validateAgentCan(volume: Resource, { agent }: OperationContext): string | undefined {
  const role = reservationRole(volume);
  if (!agent.hasHierarchicalRoles && role.includes("/")) {
    return (
      `Volume ${formatResource(volume)} with reservation for hierarchical role '${role}' cannot be created on an` +
      " agent without HIERARCHICAL_ROLE capability"
    );
  }
  if (agent.hasReservationRefinement || !hasRefinedReservations(volume)) return undefined;
  return (
    `Volume ${formatResource(volume)} with reservation refinement cannot be created on an agent without` +
    " RESERVATION_REFINEMENT capability"
  );
}

function validatePrincipal(volume: Resource, { principal }: OperationContext): string | undefined {
  if (principal === undefined) return undefined;
  const actual = volume.disk?.persistence?.principal;
  if (actual === undefined) {
    return (
      `Create volume operation attempted by principal '${principal}', but there is a volume in the operation with` +
      " no principal set in 'disk.persistence'"
    );
  }
  if (actual === principal) return undefined;
  return (
    `Create volume operation attempted by authenticated principal '${principal}', which does not match a volume in` +
    ` the operation with principal '${actual}' set in 'disk.persistence'`
  );
}

/** Checks a CREATE. */
export function validateCreate(create: OfferOperationCreate, context: OperationContext): string | undefined {
  const { volumes = [] } = create;
  const error =
    prefixed("Invalid resources: ", validateUsedResources(volumes)) ??
    prefixed("Invalid resources: ", validateSingleProvider(volumes)) ??
    prefixed("Not a persistent volume: ", validatePersistentVolumes(volumes));
  if (error !== undefined) return error;
  return (
    validateUniquePersistenceId(addResources(context.checkpointed, volumes)) ??
    firstError(
      volumes,
      (volume) =>
        validateMayShare(volume, context) ??
        validateAgentCan(volume, context) ??
        validatePrincipal(volume, context),
    ) ??
    prefixed(
      "Invalid volume resources: ",
      context.framework && validateSingleRole(normalizeResources(volumes)),
    )
  );
}

/** Checks a DESTROY: the volumes exist and nobody uses them. Whether they are allocated does not matter. */
export function validateDestroy(
  destroy: OfferOperationDestroy,
  context: OperationContext,
): string | undefined {
  // As in Mesos, entries that are invalid by themselves vanish here rather than being reported.
  const volumes = unallocateResources(normalizeResources(destroy.volumes ?? []));
  const error =
    prefixed("Invalid resources: ", validateUsedResources(volumes)) ??
    prefixed("Invalid resources: ", validateSingleProvider(volumes)) ??
    prefixed("Not a persistent volume: ", validatePersistentVolumes(volumes));
  if (error !== undefined) return error;
  const isMissing = (volume: Resource): boolean =>
    !hasResourceProvider(volume) && !containsResources(context.checkpointed, [volume]);
  if (volumes.some(isMissing)) return "Persistent volumes not found";
  for (const resources of context.used) {
    const used = unallocateResources(resources);
    if (volumes.some((volume) => containsResources(used, [volume]))) return "Persistent volumes in use";
  }
  return undefined;
}
