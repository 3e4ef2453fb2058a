// Roles that weights and quota may be set for.
import { validateRole } from "@mezzo/wire";
import type { MasterState } from "./state.ts";

/** The registry keeps weights and quota under the role's name, and its keys are bounded. */
const MAX_ROLE_LENGTH = 1024;

/** The first error, in Mesos' words where it has some. */
export function checkPolicyRole(role: string): string | undefined {
  if (role.length <= MAX_ROLE_LENGTH) return validateRole(role);
  return `Role names longer than ${MAX_ROLE_LENGTH} characters are not supported`;
}

/** Whether the role is on `--roles`, if there is that list. @see Mesos src/master/master.cpp isWhitelistedRole */
export function isWhitelistedRole({ options }: MasterState, role: string): boolean {
  return options.roles === undefined || role === "*" || options.roles.includes(role);
}
