// CREATE_DISK and DESTROY_DISK, which only resource providers carry out. Follows `operation::validate` of
// src/master/validation.cpp.
import type { OfferOperationCreateDisk, OfferOperationDestroyDisk } from "../messages.gen.ts";
import { formatResource } from "../resources/format-resources.ts";
import { hasResourceProvider, isDisk, isPersistentVolume } from "../resources/kinds.ts";
import { normalizeResources } from "../resources/normalize-resources.ts";
import { prefixed } from "./prefixed.ts";
import { validateUsedResources } from "./validate-used-resources.ts";

/** Checks a CREATE_DISK. */
export function validateCreateDisk(create: OfferOperationCreateDisk): string | undefined {
  const { source, target_type: type, target_profile: profile } = create;
  const error = prefixed("Invalid resource: ", validateUsedResources(normalizeResources([source])));
  if (error !== undefined) return error;
  if (!hasResourceProvider(source)) return "'source' is not managed by a resource provider";
  if (!isDisk(source, "RAW")) return "'source' is not a RAW disk resource";
  if (type !== "MOUNT" && type !== "BLOCK") return "'target_type' is neither MOUNT or BLOCK";
  const hasProfile = source.disk?.source?.profile !== undefined;
  if (hasProfile !== (profile !== undefined)) return undefined;
  return hasProfile
    ? "'target_profile' must not be set when 'source' has a profile"
    : "'target_profile' must be set when 'source' has no profile";
}

/** Checks a DESTROY_DISK. */
export function validateDestroyDisk({ source }: OfferOperationDestroyDisk): string | undefined {
  const error = prefixed("Invalid resource: ", validateUsedResources(normalizeResources([source])));
  if (error !== undefined) return error;
  if (!hasResourceProvider(source)) return "'source' is not managed by a resource provider";
  if (!isDisk(source, "MOUNT") && !isDisk(source, "BLOCK") && !isDisk(source, "RAW")) {
    return "'source' is neither a MOUNT, BLOCK or RAW disk resource";
  }
  if (source.disk?.source?.id === undefined) return "'source' is not backed by a CSI volume";
  if (!isPersistentVolume(source)) return undefined;
  return (
    `A disk resource containing a persistent volume ${formatResource(source)} cannot be destroyed directly. Please` +
    " destroy the persistent volume first then destroy the disk resource"
  );
}
