// JSON values to Resource messages.
import type { Resource } from "../messages.gen.ts";
import { failure, success } from "../result.ts";
import type { Result } from "../result.ts";

function isResource(value: unknown): value is Resource {
  return typeof value === "object" && value !== null && "name" in value && "type" in value;
}

/** Reads an array of resources; the first that is none gives the error. */
export function readResourcesJson(json: readonly unknown[]): Result<Resource[]> {
  const resources: Resource[] = [];
  for (const value of json) {
    if (!isResource(value)) return failure("Missing required fields: name, type");
    resources.push(value);
  }
  return success(resources);
}
