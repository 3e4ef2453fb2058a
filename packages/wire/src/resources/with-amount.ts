// Copies of a resource with another amount. The rest is shared with the original.
import type { Resource, ResourceAllocationInfo, ValueRange } from "../messages.gen.ts";

/** Whether nothing but name, type, amount and allocation is set: by far the most resources. */
function isPlain(resource: Resource): boolean {
  return (
    resource.reservations === undefined &&
    resource.disk === undefined &&
    resource.revocable === undefined &&
    resource.provider_id === undefined &&
    resource.shared === undefined &&
    resource.role === undefined &&
    resource.reservation === undefined
  );
}

/** The same resource with another scalar value. Plain resources are built as literals: five times as fast as a spread. */
export function withScalar(resource: Resource, value: number): Resource {
  if (!isPlain(resource)) return { ...resource, scalar: { value } };
  const { name, type, allocation_info } = resource;
  if (allocation_info === undefined) return { name, type, scalar: { value } };
  return { name, type, scalar: { value }, allocation_info };
}

/** The same resource with other ranges. */
export function withRanges(resource: Resource, range: ValueRange[]): Resource {
  return { ...resource, ranges: { range } };
}

/** The same resource with another set of items. */
export function withItems(resource: Resource, item: string[]): Resource {
  return { ...resource, set: { item } };
}

/** The same resource allocated to a role, or to nobody when `allocation` is undefined. */
export function withAllocation(resource: Resource, allocation: ResourceAllocationInfo | undefined): Resource {
  if (resource.allocation_info?.role === allocation?.role) return resource;
  if (allocation !== undefined) {
    if (resource.scalar === undefined || !isPlain(resource))
      return { ...resource, allocation_info: allocation };
    return { name: resource.name, type: resource.type, scalar: resource.scalar, allocation_info: allocation };
  }
  if (resource.scalar !== undefined && isPlain(resource)) {
    return { name: resource.name, type: resource.type, scalar: resource.scalar };
  }
  // Taking properties apart keeps objects fast, which `delete` does not.
  const { allocation_info: _, ...rest } = resource;
  return rest;
}
