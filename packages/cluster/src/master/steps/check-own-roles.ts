// Roles in SUPPRESS and REVIVE must be the framework's own.
import { validateRole } from "@mezzo/wire";
import type { Framework } from "../framework.ts";

/** The first error, in Mesos' words; `verb` is `suppression` or `revive`. */
export function checkOwnRoles(
  framework: Framework,
  roles: readonly string[],
  verb: "suppression" | "revive",
): string | undefined {
  for (const role of roles) {
    const error = validateRole(role);
    if (error !== undefined) return `${verb} role '${role}' is invalid: ${error}`;
    if (!framework.roles.has(role)) {
      return `${verb} role '${role}' is not one of the frameworks's subscribed roles`;
    }
  }
  return undefined;
}
