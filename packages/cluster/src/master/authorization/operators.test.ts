// What operators may change and see, by the rules of `--acls`.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ACLEntity, ACLs, MachineID } from "@mezzo/wire";
import { answerReadCall } from "../api/operator/read-calls.ts";
import type { MasterInput } from "../inputs.ts";
import { launch, registerAgent, scalar, subscribe, task } from "../testing/cast.ts";
import { READ_SOURCES } from "../testing/read-sources.ts";
import { Stage } from "../testing/stage.ts";
import { viewerOf } from "../../authorization/viewer.ts";
import { seenBy } from "./seen-by.ts";

const ANY: ACLEntity = { type: "ANY" };
const NONE: ACLEntity = { type: "NONE" };
const some = (...values: string[]): ACLEntity => ({ values });
const admin = some("admin");

const schedule = {
  windows: [{ machine_ids: [{ hostname: "m" }], unavailability: { start: { nanoseconds: 1 } } }],
};

/** Each list of rules with an input that it decides about, and what the allowed are answered. */
const CHANGES: readonly [
  acls: ACLs,
  input: (agentId: string, principal?: string) => MasterInput,
  allowed: string,
][] = [
  [
    {
      update_weights: [
        { principals: admin, roles: some("r") },
        { principals: NONE, roles: ANY },
      ],
    },
    () => ({ type: "update-weights", request: 1, weights: [{ role: "r", weight: 2 }] }),
    "answer 200",
  ],
  [
    {
      update_quotas: [
        { principals: admin, roles: some("r") },
        { principals: NONE, roles: ANY },
      ],
    },
    () => ({ type: "update-quota", request: 1, force: false, configs: [{ role: "r", limits: {} }] }),
    "answer 200",
  ],
  [
    {
      update_quotas: [
        { principals: admin, roles: some("r") },
        { principals: NONE, roles: ANY },
      ],
    },
    () => ({
      type: "set-quota",
      request: 1,
      quota: { role: "r", guarantee: [scalar("cpus", 1)], force: true },
    }),
    "answer 200",
  ],
  [
    {
      update_maintenance_schedules: [
        { principals: admin, machines: ANY },
        { principals: NONE, machines: ANY },
      ],
    },
    () => ({ type: "update-maintenance-schedule", request: 1, schedule }),
    "answer 200",
  ],
  [
    {
      drain_agents: [
        { principals: admin, agents: ANY },
        { principals: NONE, agents: ANY },
      ],
    },
    () => ({ type: "drain-agent", request: 1, agentId: "x", config: { mark_gone: false } }),
    "answer 400: Unknown agent",
  ],
  [
    {
      mark_agents_gone: [
        { principals: admin, agents: ANY },
        { principals: NONE, agents: ANY },
      ],
    },
    () => ({ type: "drain-agent", request: 1, agentId: "x", config: { mark_gone: true } }),
    "answer 400: Unknown agent",
  ],
  [
    {
      deactivate_agents: [
        { principals: admin, agents: ANY },
        { principals: NONE, agents: ANY },
      ],
    },
    () => ({ type: "deactivate-agent", request: 1, agentId: "x" }),
    "answer 400: Unknown agent",
  ],
  [
    {
      reactivate_agents: [
        { principals: admin, agents: ANY },
        { principals: NONE, agents: ANY },
      ],
    },
    () => ({ type: "reactivate-agent", request: 1, agentId: "x" }),
    "answer 400: Agent is not deactivated",
  ],
  [
    {
      mark_agents_gone: [
        { principals: admin, agents: ANY },
        { principals: NONE, agents: ANY },
      ],
    },
    () => ({ type: "mark-agent-gone", request: 1, agentId: "x" }),
    "answer 404: Agent 'x' not found",
  ],
  [
    {
      reserve_resources: [
        { principals: admin, roles: some("r") },
        { principals: NONE, roles: ANY },
      ],
    },
    (agentId, principal) => ({
      type: "operator-operation",
      request: 1,
      agentId,
      operation: {
        type: "RESERVE",
        reserve: {
          resources: [
            {
              ...scalar("cpus", 1),
              reservations: [{ type: "DYNAMIC", role: "r", ...(principal && { principal }) }],
            },
          ],
        },
      },
    }),
    "answer 202",
  ],
];

for (const [acls, inputOf, allowed] of CHANGES) {
  const [list] = Object.keys(acls);
  const { type } = inputOf("");
  test(`${type} is for those whom ${list} allows it`, () => {
    const stage = new Stage({ acls });
    const agentId = registerAgent(stage);
    const ask = (principal: string): string[] =>
      stage.take({ ...inputOf(agentId, principal), principal } as MasterInput);
    assert.deepEqual(stage.take(inputOf(agentId)), ["answer 403"]);
    assert.deepEqual(ask("guest"), ["answer 403"]);
    const answers = ask("admin");
    assert.deepEqual(
      answers.filter((line) => line.startsWith("answer")),
      [allowed],
    );
  });
}

test("who may not move a machine is told so after what is wrong with the first one", () => {
  const stage = new Stage({ acls: { start_maintenances: [{ principals: NONE, machines: ANY }] } });
  const [planned, unknown] = [{ hostname: "planned" }, { hostname: "unknown" }];
  const window = { machine_ids: [planned], unavailability: { start: { nanoseconds: 0 } } };
  stage.take({ type: "update-maintenance-schedule", request: 1, schedule: { windows: [window] } });
  const down = (...machines: MachineID[]): string[] =>
    stage.take({ type: "start-maintenance", request: 2, principal: "guest", machines });
  const notPlanned = `answer 400: Machine '{"hostname":"unknown"}' is not part of a maintenance schedule`;
  assert.deepEqual(down(planned, unknown), ["answer 403"]);
  assert.deepEqual(down(unknown, planned), [notPlanned]);
  assert.deepEqual(down(), ["answer 400: List of machines is empty"]);
});

test("a framework is torn down by those who may end its principal's frameworks", () => {
  const stage = new Stage({
    acls: {
      teardown_frameworks: [
        { principals: admin, framework_principals: some("p") },
        { principals: NONE, framework_principals: ANY },
      ],
    },
  });
  const { id } = subscribe(stage, { principal: "p" });
  const teardown = { type: "teardown", request: 1, frameworkId: id } as const;
  assert.deepEqual(stage.take(teardown), ["answer 403"]);
  assert.deepEqual(stage.take({ ...teardown, frameworkId: "x" }), [
    "answer 400: No framework found with specified ID",
  ]);
  assert.ok(stage.take({ ...teardown, principal: "admin" }).includes("answer 200"));
});

/** Two frameworks of different users with a task each, in roles of their own. */
function sharedCluster(acls: ACLs): Stage {
  const stage = new Stage({ acls });
  for (const [index, user] of ["alice", "bob"].entries()) {
    const agentId = registerAgent(stage, `slave(1)@127.0.0.1:${5051 + index}`);
    launch(stage, subscribe(stage, { user, roles: [user] }), [task(`of-${user}`, agentId)]);
  }
  return stage;
}

const ofAlice: ACLs = {
  view_frameworks: [
    { principals: some("alice"), users: some("alice") },
    { principals: NONE, users: ANY },
  ],
  view_tasks: [
    { principals: some("alice"), users: some("alice") },
    { principals: NONE, users: ANY },
  ],
  view_roles: [
    { principals: some("alice"), roles: some("alice") },
    { principals: NONE, roles: ANY },
  ],
};

test("GET_STATE and GET_ROLES show what the caller may see", () => {
  const { state } = sharedCluster(ofAlice);
  const ask = (type: "GET_STATE" | "GET_ROLES", principal: string | undefined): string =>
    JSON.stringify(
      answerReadCall(
        state,
        { type },
        { ...READ_SOURCES, principal, viewer: viewerOf(state.authorizer, principal) },
      ),
    );
  const seen = ask("GET_STATE", "alice");
  assert.match(seen, /of-alice/);
  assert.doesNotMatch(seen, /of-bob|"user":"bob"|"role":"bob"/);
  assert.doesNotMatch(ask("GET_STATE", undefined), /of-alice|of-bob|"user"/);
  assert.match(ask("GET_ROLES", "alice"), /"name":"alice"/);
  assert.doesNotMatch(ask("GET_ROLES", "alice"), /bob/);
});

test("without rules about seeing nothing is copied", () => {
  const { state } = sharedCluster({});
  const [framework] = seenBy(state, viewerOf(state.authorizer, "anybody")).frameworks.registered.values();
  assert.equal(framework?.tasks.size, 1);
  const open = new Stage().state;
  assert.equal(seenBy(open, viewerOf(open.authorizer, undefined)), open);
});

test("operators hear of what they may see", () => {
  const stage = new Stage({ acls: ofAlice });
  for (const principal of ["alice", "root"])
    stage.take({ type: "operator-subscribe", request: 1, uuid: principal, principal, snapshot: {} });
  const heard: string[] = [];
  const note = (): void => {
    for (const effect of stage.effects)
      if (effect.type === "send-operator-event")
        heard.push(`${effect.event.type} ${effect.streamIds.join()}`);
  };
  const agentId = registerAgent(stage);
  note();
  const framework = subscribe(stage, { user: "alice", roles: ["alice"] });
  note();
  launch(stage, framework, [task("t", agentId)]);
  note();
  assert.deepEqual(heard, [
    "AGENT_ADDED alice",
    "AGENT_ADDED root",
    "FRAMEWORK_ADDED alice",
    "TASK_ADDED alice",
  ]);
});
