// May a framework with this FrameworkInfo take part, and on what terms?
import {
  type FrameworkInfo,
  type SchedulerOfferConstraints,
  frameworkRoles,
  validateFrameworkInfo,
  validateOfferConstraintsRoles,
  validateSuppressedRoles,
} from "@mezzo/wire";
import { compileOfferConstraints } from "../../allocator/constraints/compile-offer-constraints.ts";
import type { FrameworkTerms } from "../changes/framework-terms.ts";
import type { MasterState } from "../state.ts";

/** The first error in Mesos' words. @see Mesos src/master/master.cpp Master::validateFramework */
export function checkFrameworkInfo(state: MasterState, info: FrameworkInfo): string | undefined {
  const error = validateFrameworkInfo(info);
  if (error !== undefined) return error;
  const { roles, rootSubmissions } = state.options;
  if (roles !== undefined) {
    const unknown = [...frameworkRoles(info)].filter((role) => role !== "*" && !roles.includes(role));
    if (unknown.length > 0) {
      return `Roles { ${unknown.sort().join(", ")} } are not present in the master's --roles`;
    }
  }
  if (info.user === "root" && !rootSubmissions) {
    return "User 'root' is not allowed to run frameworks without --root_submissions set";
  }
  if (info.id !== undefined && state.frameworks.completed.has(info.id.value)) {
    return "Framework has been removed";
  }
  return undefined;
}

/** The terms that a SUBSCRIBE or UPDATE_FRAMEWORK asks for, or the first error in Mesos' words. */
export function checkTerms(
  state: MasterState,
  call: {
    framework_info: FrameworkInfo;
    suppressed_roles?: string[];
    offer_constraints?: SchedulerOfferConstraints;
  },
): { terms: FrameworkTerms } | { error: string } {
  const roles = frameworkRoles(call.framework_info);
  const suppressedRoles = call.suppressed_roles ?? [];
  const offerConstraints = call.offer_constraints ?? {};
  const error =
    validateSuppressedRoles(roles, suppressedRoles) ?? validateOfferConstraintsRoles(roles, offerConstraints);
  if (error !== undefined) return { error };
  const { offerConstraintsRe2MaxProgramSize: maxProgramSize, offerConstraintsRe2MaxMem: maxMemoryBytes } =
    state.options;
  const compiled = compileOfferConstraints(offerConstraints, { maxProgramSize, maxMemoryBytes });
  if (!compiled.ok) return { error: `Offer constraints are not valid: ${compiled.error}` };
  return { terms: { suppressedRoles, offerConstraints, constraintsFilter: compiled.value } };
}
