// Which frameworks may subscribe, and what they may change later. Follows `framework::validate` and `validateUpdate` of
// src/master/validation.cpp.
import type { FrameworkInfo, SchedulerOfferConstraints } from "../messages.gen.ts";
import { formatNumber } from "../values/scalars.ts";
import { hasCapability } from "./framework-roles.ts";
import { firstError, prefixed } from "./prefixed.ts";
import { validateId } from "./validate-id.ts";
import { validateOfferFilters } from "./validate-offer-filters.ts";
import { validateRole, validateRoles } from "./validate-role.ts";

/** Longest duration in seconds: 64-bit nanoseconds. */
const MAX_DURATION_SECONDS = 2 ** 63 / 1e9;

function duplicates(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, i) => items.indexOf(item) < i))];
}

function formatSet(items: Iterable<string>): string {
  return `{ ${[...items].join(", ")} }`;
}

function validateFrameworkRoles(framework: FrameworkInfo): string | undefined {
  const { role, roles = [] } = framework;
  if (!hasCapability(framework, "MULTI_ROLE")) {
    if (roles.length > 0) {
      return "'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable";
    }
    return prefixed("'FrameworkInfo.role' is not a valid role: ", validateRole(role ?? "*"));
  }
  if (role !== undefined)
    return "'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable";
  const repeated = duplicates(roles);
  if (repeated.length > 0) return `'FrameworkInfo.roles' contains duplicate items: ${formatSet(repeated)}`;
  return prefixed("'FrameworkInfo.roles' contains invalid role: ", validateRoles(roles));
}

/** Checks roles, id, offer filters and failover timeout. */
export function validateFrameworkInfo(framework: FrameworkInfo): string | undefined {
  const { id, offer_filters: filters = {}, failover_timeout: timeoutSeconds = 0 } = framework;
  const error =
    validateFrameworkRoles(framework) ??
    (id === undefined || id.value === "" ? undefined : validateId(id.value)) ??
    firstError(Object.values(filters), validateOfferFilters);
  if (error !== undefined || Math.abs(timeoutSeconds) <= MAX_DURATION_SECONDS) return error;
  return `The framework failover_timeout (${formatNumber(timeoutSeconds, 6)}) is invalid`;
}

/** Checks that an update leaves alone what cannot change: principal, user and checkpointing. */
export function validateFrameworkUpdate(old: FrameworkInfo, update: FrameworkInfo): string | undefined {
  // The old principal is a secret from whoever tries this.
  if (old.principal !== update.principal) return "Changing framework's principal is not allowed.";
  if (old.user !== update.user) {
    return (
      `Updating 'FrameworkInfo.user' is unsupported; attempted to update from '${old.user}'` +
      ` to '${update.user}'`
    );
  }
  const [from, to] = [old.checkpoint ?? false, update.checkpoint ?? false];
  if (from === to) return undefined;
  return `Updating 'FrameworkInfo.checkpoint' is unsupported; attempted to update from '${from}' to '${to}'`;
}

/**
 * What a re-subscribing framework really gets: its new info with the old user and checkpointing, which Mesos keeps
 * silently there while UPDATE_FRAMEWORK refuses the change.
 */
export function preserveImmutableFields(old: FrameworkInfo, update: FrameworkInfo): FrameworkInfo {
  const checkpoint = old.checkpoint ?? false;
  if (old.user === update.user && checkpoint === (update.checkpoint ?? false)) return update;
  return { ...update, user: old.user, checkpoint };
}

/** Checks that only roles of the framework are suppressed. */
export function validateSuppressedRoles(
  roles: ReadonlySet<string>,
  suppressed: Iterable<string>,
): string | undefined {
  const unknown = [...new Set(suppressed)].filter((role) => !roles.has(role)).sort();
  if (unknown.length === 0) return undefined;
  return `Suppressed roles ${formatSet(unknown)} are not contained in the set of roles`;
}

/** Checks that offer constraints name only roles of the framework. The missing blank is Mesos' own. */
export function validateOfferConstraintsRoles(
  roles: ReadonlySet<string>,
  constraints: SchedulerOfferConstraints,
): string | undefined {
  const unknown = Object.keys(constraints.role_constraints ?? {}).find((role) => !roles.has(role));
  if (unknown === undefined) return undefined;
  return (
    `Offer constraints specify \`role_constraints\` for a role '${unknown}'not contained in the set of` +
    " roles"
  );
}
