// The canonical form of a list that came over a wire or out of a flag.
import type { Resource } from "../messages.gen.ts";
import { validateResource } from "../validate/validate-resource.ts";
import { accumulate } from "./accumulate.ts";
import { equalResource } from "./equal-resource.ts";

/**
 * Joins what belongs together and drops what is empty or invalid, as making a `Resources` from messages does in Mesos.
 * Call it once for every list from outside before handing it to the other functions.
 */
export function normalizeResources(resources: readonly Resource[]): Resource[] {
  const result: Resource[] = [];
  for (const resource of resources) {
    if (validateResource(resource) === undefined) accumulate(result, resource);
  }
  return result;
}

/** One entry for each shared resource however often it is held: the form that goes into messages. */
export function withoutSharedCopies(resources: readonly Resource[]): Resource[] {
  const seen: Resource[] = [];
  for (const resource of resources) {
    if (resource.shared !== undefined && containsCopy(seen, resource)) continue;
    seen.push(resource);
  }
  return seen;
}

function containsCopy(list: readonly Resource[], resource: Resource): boolean {
  return list.some((other) => other.shared !== undefined && equalResource(other, resource));
}
