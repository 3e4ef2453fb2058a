// Marking resources as allocated to a role, and taking the mark off.
import type { Resource } from "../messages.gen.ts";
import { accumulate } from "./accumulate.ts";
import { withAllocation } from "./with-amount.ts";

/** Marks every entry as allocated to the role. Entries that are already so are shared. */
export function allocateResources(resources: readonly Resource[], role: string): Resource[] {
  const allocation = { role };
  return resources.map((resource) => withAllocation(resource, allocation));
}

/** Takes the marks off and joins what belongs together then. */
export function unallocateResources(resources: readonly Resource[]): Resource[] {
  const result: Resource[] = [];
  for (const resource of resources) accumulate(result, withAllocation(resource, undefined));
  return result;
}
