// Offer operations: whether one is well formed, which is asked before its resources are upgraded, and whether it may be
// done, which is asked after. Follows `validateAndUpgradeResources` of src/common/resources_utils.cpp.
import type { OfferOperation, Resource, TaskInfo } from "../messages.gen.ts";
import type { OperationContext } from "./operation-context.ts";
import { firstError } from "./prefixed.ts";
import { validateCreateDisk, validateDestroyDisk } from "./validate-disk-operations.ts";
import { validateReserve, validateUnreserve } from "./validate-reserve.ts";
import { validateResource, validateResources } from "./validate-resource.ts";
import { validateGrowVolume, validateShrinkVolume } from "./validate-volume-resize.ts";
import { validateCreate, validateDestroy } from "./validate-volumes.ts";

type Kind = NonNullable<OfferOperation["type"]>;

/** Field, article and noun of each kind of operation as Mesos' sentences have them. */
const FIELDS: Readonly<Partial<Record<Kind, readonly [keyof OfferOperation, string]>>> = {
  RESERVE: ["reserve", "A RESERVE offer operation must have the Offer.Operation.reserve field set."],
  UNRESERVE: ["unreserve", "An UNRESERVE offer operation must have the Offer.Operation.unreserve field set."],
  CREATE: ["create", "A CREATE offer operation must have the Offer.Operation.create field set."],
  DESTROY: ["destroy", "A DESTROY offer operation must have the Offer.Operation.destroy field set."],
  GROW_VOLUME: ["grow_volume", "A GROW_VOLUME operation must have the Offer.Operation.grow_volume field set"],
  SHRINK_VOLUME: [
    "shrink_volume",
    "A SHRINK_VOLUME offer operation must have the Offer.Operation.shrink_volume field set",
  ],
  LAUNCH: ["launch", "A LAUNCH offer operation must have the Offer.Operation.launch field set."],
  LAUNCH_GROUP: [
    "launch_group",
    "A LAUNCH_GROUP offer operation must have the Offer.Operation.launch_group field set.",
  ],
  CREATE_DISK: [
    "create_disk",
    "A CREATE_DISK offer operation must have the Offer.Operation.create_disk field set.",
  ],
  DESTROY_DISK: [
    "destroy_disk",
    "A DESTROY_DISK offer operation must have the Offer.Operation.destroy_disk field set.",
  ],
};

function validateTasks(tasks: readonly TaskInfo[] | undefined): string | undefined {
  return firstError(
    tasks,
    ({ resources = [], executor }) =>
      validateResources(resources) ?? validateResources(executor?.resources ?? []),
  );
}

function optional(resource: Resource | undefined): string | undefined {
  return resource && validateResource(resource);
}

/** Checks that an operation has what its type says, with valid resources of either format. Upgrade it afterwards. */
export function validateOperationFormat(operation: OfferOperation): string | undefined {
  const field = FIELDS[operation.type ?? "UNKNOWN"];
  if (field === undefined) return "Unknown offer operation";
  if (operation[field[0]] === undefined) return field[1];
  const { reserve, unreserve, create, destroy, grow_volume, shrink_volume, launch, launch_group } = operation;
  switch (operation.type) {
    case "RESERVE":
      return validateResources(reserve?.resources ?? []) ?? validateResources(reserve?.source ?? []);
    case "UNRESERVE":
      return validateResources(unreserve?.resources ?? []);
    case "CREATE":
      return validateResources(create?.volumes ?? []);
    case "DESTROY":
      return validateResources(destroy?.volumes ?? []);
    case "GROW_VOLUME":
      return optional(grow_volume?.volume) ?? optional(grow_volume?.addition);
    case "SHRINK_VOLUME":
      return optional(shrink_volume?.volume);
    case "LAUNCH":
      return validateTasks(launch?.task_infos);
    case "LAUNCH_GROUP":
      return (
        validateResources(launch_group?.executor?.resources ?? []) ??
        validateTasks(launch_group?.task_group.tasks)
      );
    case "CREATE_DISK":
      return optional(operation.create_disk?.source);
    default:
      return optional(operation.destroy_disk?.source);
  }
}

/** Checks an operation other than a launch against what the agent has. Its resources are upgraded. */
export function validateOperation(operation: OfferOperation, context: OperationContext): string | undefined {
  switch (operation.type) {
    case "RESERVE":
      return operation.reserve && validateReserve(operation.reserve, context);
    case "UNRESERVE":
      return operation.unreserve && validateUnreserve(operation.unreserve);
    case "CREATE":
      return operation.create && validateCreate(operation.create, context);
    case "DESTROY":
      return operation.destroy && validateDestroy(operation.destroy, context);
    case "GROW_VOLUME":
      return operation.grow_volume && validateGrowVolume(operation.grow_volume, context);
    case "SHRINK_VOLUME":
      return operation.shrink_volume && validateShrinkVolume(operation.shrink_volume, context);
    case "CREATE_DISK":
      return operation.create_disk && validateCreateDisk(operation.create_disk);
    case "DESTROY_DISK":
      return operation.destroy_disk && validateDestroyDisk(operation.destroy_disk);
    default:
      return "Unknown offer operation";
  }
}
