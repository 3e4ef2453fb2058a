// Constraints that a framework sets on the agents it is offered. Follows
// src/master/allocator/mesos/offer_constraints_filter.cpp.
import type {
  SchedulerAttributeConstraint,
  SchedulerAttributeConstraintPredicate,
  SchedulerAttributeConstraintSelector,
  SchedulerOfferConstraints,
  SchedulerOfferConstraintsRoleConstraintsGroup,
} from "../messages.gen.ts";
import { firstError, prefixed } from "./prefixed.ts";

/** Says what is wrong with a regular expression, or undefined; Mesos takes RE2's syntax within limits. */
export type ValidateRegex = (regex: string) => string | undefined;

function validateSelector(selector: SchedulerAttributeConstraintSelector): string | undefined {
  if (selector.attribute_name !== undefined) return undefined;
  const type = selector.pseudoattribute_type;
  if (type === "UNKNOWN") return "Unknown pseudoattribute type";
  if (type !== undefined) return undefined;
  return (
    "Exactly one of 'AttributeConstraint::Selector::name' or" +
    " 'AttributeConstraint::Selector::pseudoattribute_type' must be set"
  );
}

function validatePredicate(
  predicate: SchedulerAttributeConstraintPredicate,
  validateRegex: ValidateRegex,
): string | undefined {
  const { text_matches: matches, text_not_matches: notMatches } = predicate;
  const regex = matches?.regex ?? notMatches?.regex;
  if (regex !== undefined) return validateRegex(regex);
  const isKnown =
    predicate.exists ?? predicate.not_exists ?? predicate.text_equals ?? predicate.text_not_equals;
  return isKnown === undefined ? "Unknown predicate type" : undefined;
}

/** Checks the constraints of all roles. The missing blank before "contains" is Mesos' own. */
export function validateOfferConstraints(
  constraints: SchedulerOfferConstraints,
  validateRegex: ValidateRegex,
): string | undefined {
  const validateConstraint = ({ selector, predicate }: SchedulerAttributeConstraint): string | undefined =>
    validateSelector(selector) ?? validatePredicate(predicate, validateRegex);
  const validateGroup = (
    group: SchedulerOfferConstraintsRoleConstraintsGroup,
    role: string,
  ): string | undefined => {
    if ((group.attribute_constraints ?? []).length === 0) {
      return `'OfferConstraints::RoleConstraints::groups' for role ${role}contains an empty RoleConstraints::Group`;
    }
    const error = firstError(group.attribute_constraints, validateConstraint);
    return prefixed(`A role ${role} has an invalid 'AttributeConstraint': `, error);
  };
  return firstError(Object.entries(constraints.role_constraints ?? {}), ([role, { groups = [] }]) => {
    if (groups.length === 0) {
      return `'OfferConstraints::role_constraints' has an empty 'RoleConstraints::groups' for role ${role}`;
    }
    return firstError(groups, (group) => validateGroup(group, role));
  });
}
