// A framework's OfferConstraints, checked once and compiled to functions of an agent (offer_constraints_filter.cpp).
import type { AgentInfo, Result, SchedulerAttributeConstraint, SchedulerOfferConstraints } from "@mezzo/wire";
import { compilePredicate } from "./compile-predicate.ts";
import { DEFAULT_REGEX_LIMITS, type RegexLimits } from "./regex-limits.ts";
import { compileSelector } from "./select-attribute.ts";

type Test = (info: AgentInfo) => boolean;

/** Which agents a framework lets itself be offered, by role. */
export interface OfferConstraintsFilter {
  /** Whether the role has constraints at all. */
  concerns(role: string): boolean;
  /** Whether the agent satisfies one group of the role's constraints; true without constraints. */
  accepts(role: string, info: AgentInfo): boolean;
}

function compileConstraint(constraint: SchedulerAttributeConstraint, limits: RegexLimits): Result<Test> {
  const selector = compileSelector(constraint.selector);
  if (!selector.ok) return selector;
  const predicate = compilePredicate(constraint.predicate, limits);
  if (!predicate.ok) return predicate;
  return { ok: true, value: (info) => predicate.value(selector.value(info)) };
}

type Groups = readonly (readonly SchedulerAttributeConstraint[])[];

function compileRole(role: string, groups: Groups, limits: RegexLimits): Result<Test> {
  const compiled: Test[][] = [];
  for (const group of groups) {
    const tests: Test[] = [];
    if (group.length === 0) {
      // The missing space before "contains" is Mesos' own.
      const where = `'OfferConstraints::RoleConstraints::groups' for role ${role}`;
      return { ok: false, error: `${where}contains an empty RoleConstraints::Group` };
    }
    for (const constraint of group) {
      const test = compileConstraint(constraint, limits);
      if (!test.ok)
        return { ok: false, error: `A role ${role} has an invalid 'AttributeConstraint': ${test.error}` };
      tests.push(test.value);
    }
    compiled.push(tests);
  }
  return { ok: true, value: remember((info) => compiled.some((tests) => tests.every((test) => test(info)))) };
}

/** An agent's info is immutable and asked about on every offer, so each is evaluated once. */
function remember(test: Test): Test {
  const answers = new WeakMap<AgentInfo, boolean>();
  return (info) => {
    const known = answers.get(info);
    if (known !== undefined) return known;
    const answer = test(info);
    answers.set(info, answer);
    return answer;
  };
}

/**
 * Compiles OfferConstraints, or says in Mesos' words what is wrong with them; the master puts
 * "Offer constraints are not valid: " before it.
 */
export function compileOfferConstraints(
  constraints: SchedulerOfferConstraints,
  limits: RegexLimits = DEFAULT_REGEX_LIMITS,
): Result<OfferConstraintsFilter> {
  const tests = new Map<string, Test>();
  for (const [role, { groups = [] }] of Object.entries(constraints.role_constraints ?? {})) {
    if (groups.length === 0) {
      const error = `'OfferConstraints::role_constraints' has an empty 'RoleConstraints::groups' for role ${role}`;
      return { ok: false, error };
    }
    const test = compileRole(
      role,
      groups.map((group) => group.attribute_constraints ?? []),
      limits,
    );
    if (!test.ok) return test;
    tests.set(role, test.value);
  }
  return {
    ok: true,
    value: {
      concerns: (role) => tests.has(role),
      accepts: (role, info) => tests.get(role)?.(info) ?? true,
    },
  };
}
