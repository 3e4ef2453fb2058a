// Which role names are allowed (docs/roles.md, src/common/roles.cpp).
import { tokenize } from "../values/tokenize.ts";

/** Whitespace and delete: what may not occur in a role. */
// oxlint-disable-next-line no-control-regex -- these very characters are what is looked for
const FORBIDDEN = /[\x09-\x0d\x20\x7f]/;

function validateComponent(component: string, role: string): string | undefined {
  if (component === "." || component === ".." || component === "*") {
    return `Role '${role}' cannot include '${component}' as a component`;
  }
  if (component.startsWith("-"))
    return `Role component '${component}' is invalid because it starts with a dash`;
  if (FORBIDDEN.test(component)) {
    return `Role component '${component}' is invalid because it contains backspace or whitespace`;
  }
  return undefined;
}

/** Checks one role name, which may be a path such as `eng/web`. */
export function validateRole(role: string): string | undefined {
  if (role === "*") return undefined;
  if (role.startsWith("/")) return `Role '${role}' cannot start with a slash`;
  if (role.endsWith("/")) return `Role '${role}' cannot end with a slash`;
  if (role.includes("//")) return `Role '${role}' cannot contain two adjacent slashes`;
  if (role === "") return "Role names cannot be the empty string";
  for (const component of tokenize(role, "/")) {
    const error = validateComponent(component, role);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Checks role names in order and returns the first error. */
export function validateRoles(roles: Iterable<string>): string | undefined {
  for (const role of roles) {
    const error = validateRole(role);
    if (error !== undefined) return error;
  }
  return undefined;
}
