// Offers, operations, frameworks and registrations.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkInfo, OfferOperation, Resource, SchedulerOfferConstraints } from "../messages.gen.ts";
import type { OperationContext } from "./operation-context.ts";
import { validateRegisterAgent, validateReregisterAgent } from "./validate-agent-registration.ts";
import {
  preserveImmutableFields,
  validateFrameworkInfo,
  validateFrameworkUpdate,
  validateOfferConstraintsRoles,
  validateSuppressedRoles,
} from "./validate-framework-info.ts";
import { validateOfferConstraints } from "./validate-offer-constraints.ts";
import { validateInverseOffers, validateOffers, type OfferFacts } from "./validate-offers.ts";
import { validateOperation, validateOperationFormat } from "./validate-operation.ts";

const framework: FrameworkInfo = {
  user: "root",
  name: "n",
  id: { value: "f" },
  roles: ["r"],
  capabilities: [{ type: "MULTI_ROLE" }],
};

test("validateFrameworkInfo() follows the matrix of roles", () => {
  const cases: [Partial<FrameworkInfo>, string | undefined][] = [
    [{}, undefined],
    [{ role: "x" }, "'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable"],
    [
      { capabilities: [] },
      "'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable",
    ],
    [{ capabilities: [], roles: [] }, undefined],
    [
      { capabilities: [], roles: [], role: "a/" },
      "'FrameworkInfo.role' is not a valid role: Role 'a/' cannot end with a slash",
    ],
    [{ roles: ["a", "a"] }, "'FrameworkInfo.roles' contains duplicate items: { a }"],
    [
      { roles: ["a b"] },
      "'FrameworkInfo.roles' contains invalid role: Role component 'a b' is invalid because it contains backspace or" +
        " whitespace",
    ],
    [{ id: { value: "a/b" } }, "'a/b' contains invalid characters"],
    [{ id: { value: "" } }, undefined],
    [{ failover_timeout: 1e300 }, "The framework failover_timeout (1e+300) is invalid"],
    [
      { offer_filters: { r: { min_allocatable_resources: { quantities: [{}] } } } },
      "Resource quantities must contain at least one quantity",
    ],
  ];
  for (const [changes, error] of cases)
    assert.equal(validateFrameworkInfo({ ...framework, ...changes }), error);
});

test("validateFrameworkUpdate() keeps principal, user and checkpointing", () => {
  const cases: [Partial<FrameworkInfo>, string | undefined][] = [
    [{ name: "other", roles: ["q"] }, undefined],
    [{ checkpoint: false }, undefined],
    [{ principal: "p" }, "Changing framework's principal is not allowed."],
    [{ user: "x" }, "Updating 'FrameworkInfo.user' is unsupported; attempted to update from 'root' to 'x'"],
    [
      { checkpoint: true },
      "Updating 'FrameworkInfo.checkpoint' is unsupported; attempted to update from 'false' to 'true'",
    ],
  ];
  for (const [changes, error] of cases) {
    assert.equal(validateFrameworkUpdate(framework, { ...framework, ...changes }), error);
  }
  const update = { ...framework, user: "x", checkpoint: true, name: "new" };
  assert.deepEqual(preserveImmutableFields(framework, update), {
    ...framework,
    name: "new",
    checkpoint: false,
  });
  assert.equal(preserveImmutableFields(update, update), update);
});

test("suppressed and constrained roles must be the framework's", () => {
  const roles = new Set(["r"]);
  assert.equal(validateSuppressedRoles(roles, ["r"]), undefined);
  assert.equal(
    validateSuppressedRoles(roles, ["zz", "y"]),
    "Suppressed roles { y, zz } are not contained in the set of roles",
  );
  assert.equal(
    validateOfferConstraintsRoles(roles, { role_constraints: { q: {} } }),
    "Offer constraints specify `role_constraints` for a role 'q'not contained in the set of roles",
  );
});

test("validateOfferConstraints() wants groups that say something", () => {
  const groups = (...constraints: object[]): SchedulerOfferConstraints =>
    ({
      role_constraints: { r: { groups: [{ attribute_constraints: constraints }] } },
    }) as SchedulerOfferConstraints;
  const selector = { attribute_name: "rack" };
  const prefix = "A role r has an invalid 'AttributeConstraint': ";
  const cases: [SchedulerOfferConstraints, string | undefined][] = [
    [{}, undefined],
    [groups({ selector, predicate: { exists: {} } }), undefined],
    [
      { role_constraints: { r: {} } },
      "'OfferConstraints::role_constraints' has an empty 'RoleConstraints::groups' for role r",
    ],
    [
      groups(),
      "'OfferConstraints::RoleConstraints::groups' for role rcontains an empty RoleConstraints::Group",
    ],
    [groups({ selector, predicate: {} }), `${prefix}Unknown predicate type`],
    [
      groups({ selector: {}, predicate: { exists: {} } }),
      `${prefix}Exactly one of 'AttributeConstraint::Selector::name' or` +
        " 'AttributeConstraint::Selector::pseudoattribute_type' must be set",
    ],
    [groups({ selector, predicate: { text_matches: { regex: "(" } } }), `${prefix}bad (`],
  ];
  for (const [constraints, error] of cases) {
    assert.equal(
      validateOfferConstraints(constraints, (regex) => `bad ${regex}`),
      error,
    );
  }
});

test("validateOffers() wants outstanding offers of one framework, role and agent", () => {
  const offers: Record<string, OfferFacts> = {
    o1: { frameworkId: "f", agentId: "a", role: "r" },
    o2: { frameworkId: "f", agentId: "b", role: "r" },
    o3: { frameworkId: "g", agentId: "a", role: "r" },
    o4: { frameworkId: "f", agentId: "a", role: "q" },
  };
  const ask = (...offerIds: string[]) => ({
    offerIds,
    frameworkId: "f",
    findOffer: (id: string) => offers[id],
  });
  const cases: [string[], string | undefined][] = [
    [["o1"], undefined],
    [["o1", "o1"], "Duplicate offer o1 in offer list"],
    [["o1", "nope"], "Offer nope is no longer valid"],
    [["o3"], "Offer o3 has invalid framework g while framework f is expected"],
    [
      ["o1", "o4"],
      "Aggregated offers must be allocated to the same role. Offer o4 uses role 'q but another is using role 'r",
    ],
    [["o1", "o2"], "Aggregated offers must belong to one single agent. Offer o2 uses agent b and agent a"],
  ];
  for (const [offerIds, error] of cases) assert.equal(validateOffers(ask(...offerIds)), error);
  assert.equal(validateInverseOffers(ask("nope")), "Inverse offer nope is no longer valid");
});

const DYNAMIC = { type: "DYNAMIC", role: "r" } as const;
const resource = (changes: Partial<Resource> = {}): Resource => ({
  name: "disk",
  type: "SCALAR",
  scalar: { value: 10 },
  allocation_info: { role: "r" },
  reservations: [DYNAMIC],
  ...changes,
});
const disk = { persistence: { id: "v" }, volume: { mode: "RW", container_path: "data" } } as const;
const volume = (changes: Partial<Resource> = {}): Resource => resource({ disk, ...changes });

const context: OperationContext = {
  framework,
  agent: { hasHierarchicalRoles: true, hasReservationRefinement: true, canResizeVolumes: true },
  checkpointed: [],
  used: [],
};

function unallocated(from: Resource): Resource {
  const { allocation_info: _, ...rest } = from;
  return rest;
}

test("validateOperationFormat() wants the field of the type", () => {
  const cases: [OfferOperation, string | undefined][] = [
    [{}, "Unknown offer operation"],
    [{ type: "LAUNCH" }, "A LAUNCH offer operation must have the Offer.Operation.launch field set."],
    [
      { type: "UNRESERVE" },
      "An UNRESERVE offer operation must have the Offer.Operation.unreserve field set.",
    ],
    [{ type: "GROW_VOLUME" }, "A GROW_VOLUME operation must have the Offer.Operation.grow_volume field set"],
    [{ type: "LAUNCH", launch: {} }, undefined],
    [
      { type: "RESERVE", reserve: { resources: [resource({ scalar: { value: -1 } })] } },
      "Resource 'disk(allocated: r)(reservations: [(DYNAMIC,r)]):-1' is invalid: Invalid scalar resource: value <= 0",
    ],
  ];
  for (const [operation, error] of cases) assert.equal(validateOperationFormat(operation), error);
});

test("validateOperation() checks RESERVE", () => {
  const plain = resource({ reservations: [] });
  const cases: [Resource[], Partial<OperationContext>, string | undefined][] = [
    [[resource()], {}, undefined],
    [[], {}, "Invalid resources: The resources have multiple resource providers: "],
    [[plain], {}, "Resource disk(allocated: r):10 is not dynamically reserved"],
    [
      [resource({ reservations: [{ type: "DYNAMIC", role: "q" }] })],
      {},
      "A reserve operation was attempted for a resource with role 'q', but the resource was allocated to role 'r'",
    ],
    [
      [resource({ reservations: [{ type: "DYNAMIC", role: "q" }], allocation_info: { role: "q" } })],
      {},
      "A reserve operation was attempted for a resource allocated to role 'q', but the framework only has roles" +
        " '{ r }'",
    ],
    [
      [resource()],
      { principal: "p" },
      "A reserve operation was attempted by principal 'p', but there is a reserved resource in the request with no" +
        " principal set",
    ],
    [
      [resource()],
      { framework: undefined },
      "A reserve operation was attempted with an allocated resource, but the operator API only allows reservations to" +
        " be made to unallocated resources",
    ],
    [
      [resource({ reservations: [{ type: "DYNAMIC", role: "r/a" }] })],
      { agent: { ...context.agent, hasHierarchicalRoles: false } },
      "Resource disk(allocated: r)(reservations: [(DYNAMIC,r/a)]):10 with reservation for hierarchical role 'r/a'" +
        " cannot be reserved on an agent without HIERARCHICAL_ROLE capability",
    ],
  ];
  for (const [resources, changes, error] of cases) {
    assert.equal(
      validateOperation({ type: "RESERVE", reserve: { resources } }, { ...context, ...changes }),
      error,
    );
  }
  assert.equal(
    validateOperation(
      { type: "RESERVE", reserve: { source: [plain], resources: [resource({ scalar: { value: 5 } })] } },
      context,
    ),
    "Source and target resources should refer to identical resource quantities: disk(allocated: r):10 vs." +
      " disk(allocated: r):5",
  );
});

test("validateOperation() checks UNRESERVE, CREATE and DESTROY", () => {
  const create = (...volumes: Resource[]): OfferOperation => ({ type: "CREATE", create: { volumes } });
  const destroy: OfferOperation = { type: "DESTROY", destroy: { volumes: [volume()] } };
  const existing = { ...context, checkpointed: [unallocated(volume())] };
  const cases: [OfferOperation, OperationContext, string | undefined][] = [
    [
      { type: "UNRESERVE", unreserve: { resources: [volume()] } },
      context,
      "A dynamically reserved persistent volume disk(allocated: r)(reservations: [(DYNAMIC,r)])[v:data]:10 cannot be" +
        " unreserved directly. Please destroy the persistent volume first then unreserve the resource",
    ],
    [create(volume()), context, undefined],
    [
      create(resource()),
      context,
      "Not a persistent volume: Resource disk(allocated: r)(reservations: [(DYNAMIC,r)]):10 does not have DiskInfo",
    ],
    [
      create(volume({ reservations: [] })),
      context,
      "Invalid resources: Invalid DiskInfo: Persistent volumes cannot be created from unreserved resources",
    ],
    [
      create(volume({ disk: { ...disk, persistence: { id: "a/b" } } })),
      context,
      "Invalid resources: Invalid DiskInfo: Invalid persistence ID for persistent volume: 'a/b' contains invalid" +
        " characters",
    ],
    [
      create(volume({ disk: { ...disk, volume: { mode: "RO", container_path: "data" } } })),
      context,
      "Not a persistent volume: Read-only persistent volume not supported",
    ],
    [create(volume()), existing, "Persistence ID 'v' is not unique"],
    [
      create(volume({ shared: {} })),
      context,
      "Create volume operation for 'disk(allocated: r)(reservations: [(DYNAMIC,r)])[v:data]<SHARED>:10' has been" +
        " attempted by framework 'f' with no SHARED_RESOURCES capability",
    ],
    [destroy, context, "Persistent volumes not found"],
    [destroy, existing, undefined],
    [destroy, { ...existing, used: [[volume()]] }, "Persistent volumes in use"],
  ];
  for (const [operation, facts, error] of cases) assert.equal(validateOperation(operation, facts), error);
});

test("validateOperation() checks GROW_VOLUME, SHRINK_VOLUME and disks", () => {
  const grow = (addition: Resource): OfferOperation => ({
    type: "GROW_VOLUME",
    grow_volume: { volume: volume(), addition },
  });
  const shrink = (value: number): OfferOperation => ({
    type: "SHRINK_VOLUME",
    shrink_volume: { volume: volume(), subtract: { value } },
  });
  const raw = resource({ disk: { source: { type: "RAW" } } });
  const cases: [OfferOperation, string | undefined][] = [
    [grow(resource()), undefined],
    [
      grow(resource({ reservations: [] })),
      "Incompatible resources in the 'GrowVolume.volume' and 'GrowVolume.addition' fields",
    ],
    [
      grow(resource({ scalar: { value: 0 } })),
      "The size of 'GrowVolume.addition' field must be greater than zero",
    ],
    [shrink(5), undefined],
    [shrink(0), "Value of 'ShrinkVolume.subtract' must be greater than zero"],
    [shrink(10), "Value of 'ShrinkVolume.subtract' must be smaller than the size of 'ShrinkVolume.volume'"],
    [
      { type: "CREATE_DISK", create_disk: { source: raw, target_type: "MOUNT" } },
      "'source' is not managed by a resource provider",
    ],
    [
      {
        type: "CREATE_DISK",
        create_disk: { source: { ...raw, provider_id: { value: "p" } }, target_type: "MOUNT" },
      },
      "'target_profile' must be set when 'source' has no profile",
    ],
    [
      { type: "DESTROY_DISK", destroy_disk: { source: { ...raw, provider_id: { value: "p" } } } },
      "'source' is not backed by a CSI volume",
    ],
  ];
  for (const [operation, error] of cases) assert.equal(validateOperation(operation, context), error);
  assert.equal(
    validateOperation(shrink(5), { ...context, agent: { ...context.agent, canResizeVolumes: false } }),
    "Volume disk(allocated: r)(reservations: [(DYNAMIC,r)])[v:data]:10 cannot be shrunk on an agent without" +
      " RESIZE_VOLUME capability",
  );
});

test("validateRegisterAgent() and validateReregisterAgent() want what hangs together", () => {
  const agent = { hostname: "h", id: { value: "a" } };
  const task = {
    name: "t",
    task_id: { value: "t" },
    framework_id: { value: "f" },
    agent_id: { value: "a" },
    state: "TASK_RUNNING",
  } as const;
  const executor = { executor_id: { value: "e" }, framework_id: { value: "f" } };
  const frameworks = [framework];
  assert.equal(validateRegisterAgent({ agent }), undefined);
  assert.equal(validateRegisterAgent({ agent: { ...agent, id: { value: "" } } }), "ID must not be empty");
  const cases: [Parameters<typeof validateReregisterAgent>[0], string | undefined][] = [
    [
      { agent, frameworks, executor_infos: [executor], tasks: [{ ...task, executor_id: { value: "e" } }] },
      undefined,
    ],
    [{ agent, tasks: [task] }, "Task has an invalid FrameworkID 'f'"],
    [{ agent, frameworks: [framework, framework] }, "Framework has a duplicate FrameworkID: 'f'"],
    [{ agent, executor_infos: [executor] }, "Executor has an invalid FrameworkID 'f'"],
    [
      { agent, frameworks, executor_infos: [executor, executor] },
      "Framework 'f' has a duplicate ExecutorID 'e'",
    ],
    [
      { agent, frameworks, tasks: [{ ...task, executor_id: { value: "x" } }] },
      "Task has an invalid ExecutorID 'x'",
    ],
    [
      { agent, frameworks, tasks: [{ ...task, agent_id: { value: "b" } }] },
      "Task has an invalid SlaveID 'b'",
    ],
    [
      { agent, frameworks, tasks: [{ ...task, task_id: { value: "" } }] },
      "Task has an invalid TaskID: ID must not be empty",
    ],
  ];
  for (const [message, error] of cases) assert.equal(validateReregisterAgent(message), error);
});
