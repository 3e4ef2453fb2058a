// Resources in text, as flags and commands take them: `cpus:4;mem:1024;ports:[31000-32000];disk(role):10`, or a JSON
// array of Resource messages. Follows `Resources::parse` of resources.cpp and docs/attributes-resources.md.
import type { Resource } from "../messages.gen.ts";
import { failure, success } from "../result.ts";
import type { Result } from "../result.ts";
import { validateResource } from "../validate/validate-resource.ts";
import { parseValue } from "../values/parse-value.ts";
import { tokenize, trim } from "../values/tokenize.ts";
import { accumulate } from "./accumulate.ts";
import { isDynamicallyReserved, isPersistentVolume, isRevocable } from "./kinds.ts";
import { readResourcesJson } from "./read-resources-json.ts";
import { upgradeResource } from "./upgrade-resources.ts";

/** Options of `parseResources`. */
export interface ParseResourcesOptions {
  /** The role of resources that name none; `*` leaves them unreserved. */
  readonly defaultRole?: string;
}

function parseOne(token: string, defaultRole: string): Result<Resource> {
  const [head, text, ...extra] = tokenize(token, ":");
  if (head === undefined || text === undefined || extra.length > 0) {
    return failure(`Bad value for resources, missing or extra ':' in ${token}`);
  }
  const open = head.indexOf("(");
  const close = head.indexOf(")");
  if (open >= 0 && close < open)
    return failure(`Bad value for resources, mismatched parentheses in ${token}`);
  const name = trim(open < 0 ? head : head.slice(0, open));
  const role = open < 0 ? defaultRole : trim(head.slice(open + 1, close));
  const value = parseValue(text);
  if (!value.ok) return failure(`Failed to parse resource ${name} value ${text} error ${value.error}`);
  if (value.value.type === "TEXT") return failure(`Bad type for resource ${name} value ${text} type TEXT`);
  return success({
    name,
    ...value.value,
    ...(role !== "*" && { reservations: [{ type: "STATIC" as const, role }] }),
  });
}

function parseText(text: string, defaultRole: string): Result<Resource[]> {
  const resources: Resource[] = [];
  for (const token of tokenize(text, ";")) {
    const parsed = parseOne(token, defaultRole);
    if (!parsed.ok) return parsed;
    resources.push(parsed.value);
  }
  return success(resources);
}

function parseJson(json: readonly unknown[], defaultRole: string): Result<Resource[]> {
  const resources = readResourcesJson(json);
  if (!resources.ok) return failure(`Some JSON resources were not formatted properly: ${resources.error}`);
  return success(
    resources.value.map((resource) => {
      const isNamed = resource.role !== undefined || (resource.reservations ?? []).length > 0;
      return upgradeResource(isNamed ? resource : { ...resource, role: defaultRole });
    }),
  );
}

/** What only programs may say, not flags. */
function refuseProgrammatic(resources: readonly Resource[]): string | undefined {
  const types = new Map<string, string>();
  for (const resource of resources) {
    if (isPersistentVolume(resource)) return "Persistent volumes cannot be specified at the command line";
    if (isRevocable(resource)) {
      return (
        "Revocable resources cannot be specified at the command line; do not include a 'revocable' key in the" +
        " resources JSON"
      );
    }
    if (isDynamicallyReserved(resource)) {
      return (
        "Dynamic reservations cannot be specified at the command line; do not include a reservation with DYNAMIC" +
        " type in the resources JSON"
      );
    }
    if ((types.get(resource.name) ?? resource.type) !== resource.type) {
      return `Resources with the same name ('${resource.name}') but different types are not allowed`;
    }
    types.set(resource.name, resource.type);
  }
  return undefined;
}

function jsonArray(text: string): readonly unknown[] | undefined {
  if (!text.trimStart().startsWith("[")) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads resources without checking what a flag may not say: volumes and dynamic reservations pass.
 * The list is as written: neither joined nor validated.
 */
export function parseResourceList(
  text: string,
  { defaultRole = "*" }: ParseResourcesOptions = {},
): Result<Resource[]> {
  const json = jsonArray(text);
  return json === undefined ? parseText(text, defaultRole) : parseJson(json, defaultRole);
}

/** Reads resources as a flag gives them; joined, validated, in the format with `reservations`. */
export function parseResources(text: string, options: ParseResourcesOptions = {}): Result<Resource[]> {
  const parsed = parseResourceList(text, options);
  if (!parsed.ok) return parsed;
  const resources: Resource[] = [];
  for (const resource of parsed.value) {
    const error = validateResource(resource);
    if (error !== undefined) return failure(error);
    accumulate(resources, resource);
  }
  const error = refuseProgrammatic(resources);
  return error === undefined ? success(resources) : failure(error);
}
