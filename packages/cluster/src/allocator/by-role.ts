// Splits allocated resources by the role they are allocated to.
import type { Resource } from "@mezzo/wire";

/** The one role all are allocated to, as is the rule; undefined when there are several or a resource has none. */
export function singleRole(resources: readonly Resource[]): string | undefined {
  const role = resources[0]?.allocation_info?.role;
  for (const resource of resources) {
    if (resource.allocation_info?.role !== role) return undefined;
  }
  return role;
}

/** Role to resources. Throws a TypeError for resources without allocation_info. */
export function byRole(resources: readonly Resource[]): Map<string, readonly Resource[]> {
  const roles = new Map<string, Resource[]>();
  for (const resource of resources) {
    const role = resource.allocation_info?.role;
    if (role === undefined)
      throw new TypeError(`Cannot account for resource ${resource.name}: no allocation_info`);
    const list = roles.get(role);
    if (list === undefined) roles.set(role, [resource]);
    else list.push(resource);
  }
  return roles;
}
