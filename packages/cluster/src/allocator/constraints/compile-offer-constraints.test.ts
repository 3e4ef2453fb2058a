// Offer constraints: which agents satisfy them, and which constraints are refused.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  AgentInfo,
  SchedulerAttributeConstraint,
  SchedulerAttributeConstraintPredicate,
  SchedulerAttributeConstraintSelector,
  SchedulerOfferConstraints,
} from "@mezzo/wire";
import { updateFramework } from "../index.ts";
import { TestCluster, frameworkFacts } from "../testing/test-cluster.ts";
import { type OfferConstraintsFilter, compileOfferConstraints } from "./compile-offer-constraints.ts";

const text = (name: string, value: string): { name: string; type: "TEXT"; text: { value: string } } => ({
  name,
  type: "TEXT",
  text: { value },
});
const AGENTS: AgentInfo[] = [
  { hostname: "h1", attributes: [text("rack", "a1"), text("os", "linux"), text("rack", "ignored")] },
  { hostname: "h2", attributes: [text("rack", "b1")] },
  { hostname: "h3", attributes: [{ name: "rack", type: "SCALAR", scalar: { value: 3 } }] },
  { hostname: "h4", domain: { fault_domain: { region: { name: "north" }, zone: { name: "z1" } } } },
];
const RACK: SchedulerAttributeConstraintSelector = { attribute_name: "rack" };
const OS: SchedulerAttributeConstraintSelector = { attribute_name: "os" };

function constraintsOf(...groups: SchedulerAttributeConstraint[][]): SchedulerOfferConstraints {
  return { role_constraints: { r: { groups: groups.map((group) => ({ attribute_constraints: group })) } } };
}

function compile(constraints: SchedulerOfferConstraints): OfferConstraintsFilter {
  const compiled = compileOfferConstraints(constraints);
  assert.ok(compiled.ok, compiled.ok ? "" : compiled.error);
  return compiled.value;
}

function accepted(...groups: SchedulerAttributeConstraint[][]): string {
  const filter = compile(constraintsOf(...groups));
  return AGENTS.filter((info) => filter.accepts("r", info))
    .map(({ hostname }) => hostname)
    .join(" ");
}

void test("compileOfferConstraints() evaluates predicates as Mesos does", () => {
  const table: [SchedulerAttributeConstraintSelector, SchedulerAttributeConstraintPredicate, string][] = [
    [RACK, { exists: {} }, "h1 h2 h3"],
    [RACK, { not_exists: {} }, "h4"],
    [RACK, { text_equals: { value: "a1" } }, "h1 h3"],
    [RACK, { text_not_equals: { value: "a1" } }, "h2 h3 h4"],
    [RACK, { text_matches: { regex: "[ab]\\d" } }, "h1 h2 h3"],
    [RACK, { text_matches: { regex: "a" } }, "h3"],
    [RACK, { text_not_matches: { regex: "a.*" } }, "h2 h3 h4"],
    [{ pseudoattribute_type: "HOSTNAME" }, { text_equals: { value: "h4" } }, "h4"],
    [{ pseudoattribute_type: "REGION" }, { text_equals: { value: "north" } }, "h4"],
    [{ pseudoattribute_type: "REGION" }, { exists: {} }, "h4"],
    [{ pseudoattribute_type: "ZONE" }, { text_not_equals: { value: "z1" } }, "h1 h2 h3"],
  ];
  for (const [selector, predicate, expected] of table) {
    assert.equal(accepted([{ selector, predicate }]), expected, JSON.stringify([selector, predicate]));
  }
});

void test("compileOfferConstraints() takes all constraints of a group, and any group", () => {
  const exists = (selector: SchedulerAttributeConstraintSelector): SchedulerAttributeConstraint => ({
    selector,
    predicate: { exists: {} },
  });
  assert.equal(accepted([exists(RACK), exists(OS)]), "h1");
  assert.equal(
    accepted([exists(OS)], [{ selector: RACK, predicate: { text_equals: { value: "b1" } } }]),
    "h1 h2 h3",
  );
});

void test("compileOfferConstraints() concerns the roles named only", () => {
  const filter = compile(constraintsOf([{ selector: OS, predicate: { exists: {} } }]));
  assert.ok(filter.concerns("r") && !filter.concerns("q"));
  assert.ok(filter.accepts("q", { hostname: "h" }) && !filter.accepts("r", { hostname: "h" }));
  assert.ok(!compile({}).concerns("r"));
});

void test("compileOfferConstraints() refuses in Mesos' words", () => {
  const one = (
    selector: SchedulerAttributeConstraintSelector,
    predicate: SchedulerAttributeConstraintPredicate,
  ): SchedulerOfferConstraints => constraintsOf([{ selector, predicate }]);
  const table: [SchedulerOfferConstraints, string][] = [
    [
      { role_constraints: { r: {} } },
      "'OfferConstraints::role_constraints' has an empty 'RoleConstraints::groups' for role r",
    ],
    [
      constraintsOf([]),
      "'OfferConstraints::RoleConstraints::groups' for role rcontains an empty RoleConstraints::Group",
    ],
    [
      one({}, { exists: {} }),
      "A role r has an invalid 'AttributeConstraint': Exactly one of 'AttributeConstraint::Selector::name' or " +
        "'AttributeConstraint::Selector::pseudoattribute_type' must be set",
    ],
    [
      one({ pseudoattribute_type: "UNKNOWN" }, { exists: {} }),
      "A role r has an invalid 'AttributeConstraint': Unknown pseudoattribute type",
    ],
    [one(RACK, {}), "A role r has an invalid 'AttributeConstraint': Unknown predicate type"],
    [
      one(RACK, { text_matches: { regex: "(" } }),
      "A role r has an invalid 'AttributeConstraint': Failed to construct regex from pattern '(': missing ): (",
    ],
  ];
  for (const [constraints, error] of table) {
    assert.deepEqual(compileOfferConstraints(constraints), { ok: false, error });
  }
});

void test("allocate() offers only agents that the constraints accept, and follows changed ones", () => {
  const hostname = (value: string): OfferConstraintsFilter =>
    compile(
      constraintsOf([
        { selector: { pseudoattribute_type: "HOSTNAME" }, predicate: { text_equals: { value } } },
      ]),
    );
  const cluster = new TestCluster();
  cluster
    .agent("h1", "cpus:1;mem:64")
    .agent("h2", "cpus:1;mem:64")
    .framework("f", { roles: ["r"], constraints: hostname("h1") });
  assert.deepEqual(
    cluster.run().map(({ agentId }) => agentId),
    ["h1"],
  );
  updateFramework(cluster.state, frameworkFacts("f", { roles: ["r"], constraints: hostname("h2") }));
  assert.deepEqual(
    cluster.run().map(({ agentId }) => agentId),
    ["h2"],
  );
});
