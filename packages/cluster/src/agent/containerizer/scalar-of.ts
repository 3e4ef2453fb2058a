// How much of a scalar resource there is.
import type { Resource } from "@mezzo/wire";

/** The sum of all resources of that name. */
export function scalarOf(resources: readonly Resource[], name: string): number {
  return resources
    .filter((resource) => resource.name === name)
    .reduce((sum, resource) => sum + (resource.scalar?.value ?? 0), 0);
}
