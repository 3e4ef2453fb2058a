// What an offer operation does to resources. Follows `getResourceConversions` of src/common/resources_utils.cpp and
// `ResourceConversion::apply` of resources.cpp.
import type { OfferOperation, Resource } from "../messages.gen.ts";
import { failure, success } from "../result.ts";
import type { Result } from "../result.ts";
import { fromThousandths, toThousandths } from "../values/scalars.ts";
import { addResources } from "./add-resources.ts";
import { containsResources } from "./contains-resources.ts";
import { formatResource, formatResources } from "./format-resources.ts";
import { normalizeResources } from "./normalize-resources.ts";
import { popReservation } from "./reservation-stack.ts";
import { stripVolume } from "./strip-volume.ts";
import { subtractResources } from "./subtract-resources.ts";
import { withScalar } from "./with-amount.ts";

/** One replacement of resources by others. */
export interface ResourceConversion {
  readonly consumed: Resource[];
  readonly converted: Resource[];
  /** A volume that must be gone afterwards: another copy of it would still be in use. */
  readonly removed?: Resource;
}

const PROVIDER_REFUSED = failure("Operation not supported for resource provider");

function amount(resource: Resource): number {
  return toThousandths(resource.scalar?.value ?? 0);
}

function reserve({ reserve }: OfferOperation): ResourceConversion[] {
  const converted = normalizeResources(reserve?.resources ?? []);
  const source = reserve?.source ?? [];
  return [
    { consumed: source.length > 0 ? normalizeResources(source) : popReservation(converted), converted },
  ];
}

function unreserve({ unreserve }: OfferOperation): ResourceConversion[] {
  return (unreserve?.resources ?? []).map((reserved) => ({
    consumed: [reserved],
    converted: popReservation([reserved]),
  }));
}

function growVolume({ grow_volume: grow }: OfferOperation): Result<ResourceConversion[]> {
  if (grow === undefined) return success([]);
  const { volume, addition } = grow;
  if (volume.provider_id !== undefined) return PROVIDER_REFUSED;
  const grown = withScalar(volume, fromThousandths(amount(volume) + amount(addition)));
  return success([{ consumed: addResources([volume], [addition]), converted: [grown] }]);
}

function shrinkVolume({ shrink_volume: shrink }: OfferOperation): Result<ResourceConversion[]> {
  if (shrink === undefined) return success([]);
  const { volume, subtract } = shrink;
  if (volume.provider_id !== undefined) return PROVIDER_REFUSED;
  const shrunk = withScalar(volume, fromThousandths(amount(volume) - toThousandths(subtract.value)));
  const freed = withScalar(stripVolume(volume), subtract.value);
  return success([{ consumed: [volume], converted: addResources([shrunk], [freed]) }]);
}

/** The conversions of a valid operation, in order. Launches and disk operations have none: they are refused. */
export function conversionsOf(operation: OfferOperation): Result<ResourceConversion[]> {
  switch (operation.type) {
    case "RESERVE":
      return success(reserve(operation));
    case "UNRESERVE":
      return success(unreserve(operation));
    case "CREATE":
      return success(
        (operation.create?.volumes ?? []).map((volume) => ({
          consumed: [stripVolume(volume)],
          converted: [volume],
        })),
      );
    case "DESTROY":
      return success(
        (operation.destroy?.volumes ?? []).map((volume) => ({
          consumed: [volume],
          converted: [stripVolume(volume)],
          removed: volume,
        })),
      );
    case "GROW_VOLUME":
      return growVolume(operation);
    case "SHRINK_VOLUME":
      return shrinkVolume(operation);
    case "LAUNCH":
    case "LAUNCH_GROUP":
    case "CREATE_DISK":
    case "DESTROY_DISK":
      return failure("Operation not supported");
    default:
      return failure("Unknown operation");
  }
}

/** Replaces resources; the error names what is missing. */
export function applyConversions(
  resources: readonly Resource[],
  conversions: readonly ResourceConversion[],
): Result<Resource[]> {
  let result = [...resources];
  for (const { consumed, converted, removed } of conversions) {
    if (!containsResources(result, consumed)) {
      return failure(`${formatResources(result)} does not contain ${formatResources(consumed)}`);
    }
    result = addResources(subtractResources(result, consumed), converted);
    if (removed !== undefined && containsResources(result, [removed])) {
      return failure(
        `Persistent volume ${formatResource(removed)} cannot be removed due to additional shared copies`,
      );
    }
  }
  return success(result);
}

/** Applies a valid operation to resources. */
export function applyOperation(
  resources: readonly Resource[],
  operation: OfferOperation,
): Result<Resource[]> {
  const conversions = conversionsOf(operation);
  if (!conversions.ok) return failure(`Cannot get conversions: ${conversions.error}`);
  return applyConversions(resources, conversions.value);
}
