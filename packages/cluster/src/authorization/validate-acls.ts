// What `--acls` must not say. @see Mesos src/authorizer/local/authorizer.cpp LocalAuthorizer::validate
import { type ACLEntity, type ACLs, type Result, failure, fromJson, success } from "@mezzo/wire";
import { ACTIONS, type ActionRules } from "./actions.ts";

/** The older endpoints that `get_endpoints` is about. @see Mesos src/common/authorization.cpp */
export const AUTHORIZABLE_ENDPOINTS: ReadonlySet<string> = new Set([
  "/containers",
  "/containerizer/debug",
  "/files/debug",
  "/logging/toggle",
  "/metrics/snapshot",
  "/monitor/statistics",
]);

type Rules = readonly Readonly<Record<string, ACLEntity>>[];

/** The rules of a list, whatever they are about. */
export function rulesOf(acls: ACLs, list: string): Rules {
  return (acls as unknown as Readonly<Record<string, Rules | undefined>>)[list] ?? [];
}

/** The first error, in Mesos' words. */
export function validateAcls(acls: ACLs): string | undefined {
  for (const { list, field, message } of Object.values<ActionRules>(ACTIONS)) {
    if (message === undefined) continue;
    const isAboutSome = rulesOf(acls, list).some((rule) => (rule[field]?.type ?? "SOME") === "SOME");
    if (isAboutSome) return `ACL.${message} type must be either NONE or ANY`;
  }
  for (const { paths } of acls.get_endpoints ?? []) {
    if ((paths.type ?? "SOME") !== "SOME") continue;
    const unknown = paths.values?.find((path) => !AUTHORIZABLE_ENDPOINTS.has(path));
    if (unknown !== undefined) return `Path: '${unknown}' is not an authorizable path`;
  }
  return undefined;
}

const TYPES: ReadonlySet<string> = new Set(["SOME", "ANY", "NONE"]);

/** Names of lists that nobody knows: what is misspelt would protect nothing. */
function unknownList(json: object): string | undefined {
  const known = new Set<string>(["permissive", ...Object.values(ACTIONS).map(({ list }) => list)]);
  return Object.keys(json).find((name) => !known.has(name));
}

/** A type that is none of the three: as an enum of protobuf it would be read as SOME without values. */
function unknownType(json: unknown): string | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  for (const [name, value] of Object.entries(json)) {
    if (name !== "type") {
      const below = unknownType(value);
      if (below !== undefined) return below;
    } else if (typeof value !== "string" || !TYPES.has(value)) return String(value);
  }
  return undefined;
}

/** The value of `--acls`; undefined when the flag is absent. */
export function parseAcls(json: unknown): Result<ACLs | undefined> {
  if (json === undefined) return success(undefined);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return failure("Failed to parse --acls: it is not a JSON object");
  }
  const unknown = unknownList(json);
  if (unknown !== undefined) return failure(`Failed to parse --acls: there is no list '${unknown}'`);
  const type = unknownType(json);
  if (type !== undefined) return failure(`Failed to parse --acls: '${type}' is not SOME, ANY or NONE`);
  const acls = fromJson("ACLs", json);
  if (!acls.ok) return failure(`Failed to parse --acls: ${acls.error}`);
  const invalid = validateAcls(acls.value);
  return invalid === undefined ? acls : failure(`Failed to create authorizer: ${invalid}`);
}
