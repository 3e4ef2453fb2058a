// Splits allocated resources by the role they are allocated to.
import type { Resource } from "@mezzo/wire";

const UNALLOCATED = "";

function roleOf(resource: Resource): string {
  return resource.allocation_info?.role ?? UNALLOCATED;
}

/** Role to resources; the very list when all are of one role. Throws a TypeError for resources without allocation_info. */
export function byRole(resources: readonly Resource[]): Map<string, readonly Resource[]> {
  const roles = new Map<string, Resource[]>();
  const first = resources[0];
  if (first === undefined) return roles;
  const role = roleOf(first);
  if (role !== UNALLOCATED && resources.every((resource) => roleOf(resource) === role))
    return new Map([[role, resources]]);
  for (const resource of resources) {
    const name = roleOf(resource);
    if (name === UNALLOCATED)
      throw new TypeError(`Cannot account for resource ${resource.name}: no allocation_info`);
    const list = roles.get(name);
    if (list === undefined) roles.set(name, [resource]);
    else list.push(resource);
  }
  return roles;
}
