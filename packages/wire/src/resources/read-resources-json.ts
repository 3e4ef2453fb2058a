// JSON values to Resource messages.
import { fromJson } from "../codec.ts";
import type { Resource } from "../messages.gen.ts";
import { success } from "../result.ts";
import type { Result } from "../result.ts";

/** Reads an array of resources; the first that is none gives the error, in the words of the codec. */
export function readResourcesJson(json: readonly unknown[]): Result<Resource[]> {
  const resources: Resource[] = [];
  for (const value of json) {
    const resource = fromJson("Resource", value);
    if (!resource.ok) return resource;
    resources.push(resource.value);
  }
  return success(resources);
}
