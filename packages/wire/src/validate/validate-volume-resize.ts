// GROW_VOLUME and SHRINK_VOLUME. Follows `operation::validate` of src/master/validation.cpp.
import type { OfferOperationGrowVolume, OfferOperationShrinkVolume } from "../messages.gen.ts";
import { addResources } from "../resources/add-resources.ts";
import { formatResource } from "../resources/format-resources.ts";
import { hasResourceProvider, isDisk, isShared } from "../resources/kinds.ts";
import { stripVolume } from "../resources/strip-volume.ts";
import { toThousandths } from "../values/scalars.ts";
import type { OperationContext } from "./operation-context.ts";
import { prefixed } from "./prefixed.ts";
import { validateResource } from "./validate-resource.ts";
import { validatePersistentVolumes } from "./validate-used-resources.ts";

/** Checks a GROW_VOLUME. */
export function validateGrowVolume(
  grow: OfferOperationGrowVolume,
  context: OperationContext,
): string | undefined {
  const { volume, addition } = grow;
  const error =
    prefixed("Invalid resource in the 'GrowVolume.volume' field: ", validateResource(volume)) ??
    prefixed("Invalid resource in the 'GrowVolume.addition' field: ", validateResource(addition));
  if (error !== undefined) return error;
  if (toThousandths(addition.scalar?.value ?? 0) <= 0) {
    return "The size of 'GrowVolume.addition' field must be greater than zero";
  }
  if (hasResourceProvider(volume)) return "Growing a volume from a resource provider is not supported";
  const invalid = prefixed(
    "Invalid persistent volume in the 'GrowVolume.volume' field: ",
    validatePersistentVolumes([volume]),
  );
  if (invalid !== undefined) return invalid;
  if (isShared(volume)) return "Growing a shared persistent volume is not supported";
  if (addResources([stripVolume(volume)], [addition]).length !== 1) {
    return "Incompatible resources in the 'GrowVolume.volume' and 'GrowVolume.addition' fields";
  }
  if (context.agent.canResizeVolumes) return undefined;
  return `Volume ${formatResource(volume)} cannot be grown on an agent without RESIZE_VOLUME capability`;
}

/** Checks a SHRINK_VOLUME. */
export function validateShrinkVolume(
  shrink: OfferOperationShrinkVolume,
  context: OperationContext,
): string | undefined {
  const { volume, subtract } = shrink;
  const error = prefixed("Invalid resource in the 'ShrinkVolume.volume' field: ", validateResource(volume));
  if (error !== undefined) return error;
  const size = toThousandths(subtract.value);
  if (size <= 0) return "Value of 'ShrinkVolume.subtract' must be greater than zero";
  if (toThousandths(volume.scalar?.value ?? 0) <= size) {
    return "Value of 'ShrinkVolume.subtract' must be smaller than the size of 'ShrinkVolume.volume'";
  }
  if (hasResourceProvider(volume)) return "Shrinking a volume from a resource provider is not supported";
  if (isDisk(volume, "MOUNT")) return "Shrinking a volume on a MOUNT disk is not supported";
  const invalid = prefixed(
    "Invalid persistent volume in the 'ShrinkVolume.volume' field: ",
    validatePersistentVolumes([volume]),
  );
  if (invalid !== undefined) return invalid;
  if (isShared(volume)) return "Shrinking a shared persistent volume is not supported";
  if (context.agent.canResizeVolumes) return undefined;
  return `Volume ${formatResource(volume)} cannot be shrunk on an agent without RESIZE_VOLUME capability`;
}
