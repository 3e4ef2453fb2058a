// What frameworks and agents may do, by the rules of `--acls`.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ACLEntity, ACLs, OfferOperation, Resource, TaskInfo } from "@mezzo/wire";
import { launch, registerAgent, scalar, subscribe, task } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const ANY: ACLEntity = { type: "ANY" };
const NONE: ACLEntity = { type: "NONE" };
const some = (...values: string[]): ACLEntity => ({ values });

function withAgent(acls: ACLs): { stage: Stage; agentId: string } {
  const stage = new Stage({ acls });
  return { stage, agentId: registerAgent(stage) };
}

const byNobody: ACLs = { register_frameworks: [{ principals: NONE, roles: some("secret") }] };

test("a framework must be allowed in each of its roles", () => {
  const stage = new Stage({ acls: byNobody });
  const info = { user: "u", name: "fw", capabilities: [{ type: "MULTI_ROLE" as const }] };
  const refused = "ERROR on stream1 Not authorized to register framework  with roles { open, secret }";
  const call = {
    type: "SUBSCRIBE" as const,
    subscribe: { framework_info: { ...info, roles: ["secret", "open"] } },
  };
  assert.deepEqual(stage.call(call), ["open-stream stream1", refused, "close-stream stream1"]);
  assert.equal(stage.state.frameworks.registered.size, 0);
  const { id, streamId } = subscribe(stage, { roles: ["open"] });
  const framework_id = { value: id };
  const framework_info = { ...info, id: framework_id, roles: ["open", "secret"] };
  const update = { type: "UPDATE_FRAMEWORK" as const, framework_id, update_framework: { framework_info } };
  assert.deepEqual(stage.call(update, streamId), [
    `answer 403: Not authorized to register framework ${id} with roles { open, secret }`,
  ]);
  assert.deepEqual([...(stage.state.frameworks.registered.get(id)?.roles ?? [])], ["open"]);
});

test("a driver hears of it in a FrameworkErrorMessage", () => {
  const stage = new Stage({ acls: byNobody });
  const framework_info = { user: "u", name: "fw", role: "secret" };
  const from = "scheduler@127.0.0.1:1";
  const lines = stage.take({
    type: "driver-call",
    from,
    call: { type: "SUBSCRIBE", subscribe: { framework_info } },
  });
  assert.deepEqual(lines, [`FrameworkErrorMessage to ${from}`]);
  assert.deepEqual(stage.sent("FrameworkErrorMessage"), [
    { message: "Not authorized to register framework  with roles { secret }" },
  ]);
});

const asRoot: ACLs = {
  run_tasks: [
    { principals: some("p"), users: some("guest") },
    { principals: NONE, users: ANY },
  ],
};
const by = (user: string): Partial<TaskInfo> => ({ command: { value: "true", user } });

test("tasks run as users that the framework may use: the command's, the executor's, the framework's", () => {
  const { stage, agentId } = withAgent(asRoot);
  const framework = subscribe(stage, { principal: "p", user: "guest" });
  const executor = { executor_id: { value: "e" }, command: { value: "true", user: "root" } };
  const withExecutor: TaskInfo = { ...task("t3", agentId), executor };
  delete withExecutor.command;
  const lines = launch(stage, framework, [
    task("t1", agentId),
    task("t2", agentId, by("root")),
    withExecutor,
  ]);
  const denied = (id: string): string =>
    `UPDATE on stream1 ${id} TASK_ERROR REASON_TASK_UNAUTHORIZED Principal 'p' no authorized to launch task ${id} of ` +
    `framework ${framework.id} under user 'root'`;
  assert.deepEqual(
    lines.filter((line) => line.startsWith("UPDATE")),
    [denied("t2"), denied("t3")],
  );
  assert.deepEqual([...(stage.state.frameworks.registered.get(framework.id)?.tasks.keys() ?? [])], ["t1"]);
});

test("a task group is launched as a whole or not at all", () => {
  const { stage, agentId } = withAgent(asRoot);
  const framework = subscribe(stage, { principal: "p", user: "guest" });
  stage.allocate();
  const executor = {
    type: "DEFAULT" as const,
    executor_id: { value: "e" },
    framework_id: { value: framework.id },
    resources: [scalar("cpus", 0.1), scalar("mem", 32), scalar("disk", 32)],
  };
  const tasks = [task("t1", agentId), task("t2", agentId, by("root"))];
  const [offerId = ""] = stage.state.frameworks.registered.get(framework.id)?.offers ?? [];
  const accept = {
    offer_ids: [{ value: offerId }],
    operations: [{ type: "LAUNCH_GROUP" as const, launch_group: { executor, task_group: { tasks } } }],
  };
  const lines = stage.call(
    { type: "ACCEPT", framework_id: { value: framework.id }, accept },
    framework.streamId,
  );
  const words = `Task 't2' is not authorized tolaunch task t2 of framework ${framework.id} under user 'root'`;
  const denied = (id: string): string =>
    `UPDATE on stream1 ${id} TASK_ERROR REASON_TASK_GROUP_UNAUTHORIZED ${words}`;
  assert.deepEqual(
    lines.filter((line) => line.startsWith("UPDATE")),
    [denied("t1"), denied("t2")],
  );
});

function operate(acls: ACLs, operation: OfferOperation): string[] {
  const { stage } = withAgent(acls);
  const framework = subscribe(stage, { principal: "p" });
  stage.allocate();
  const [offerId = ""] = stage.state.frameworks.registered.get(framework.id)?.offers ?? [];
  const accept = { offer_ids: [{ value: offerId }], operations: [operation] };
  stage.call({ type: "ACCEPT", framework_id: { value: framework.id }, accept }, framework.streamId);
  return stage.effects.flatMap((effect) =>
    effect.type === "log" && effect.message.startsWith("Dropping") ? [JSON.stringify(effect)] : [],
  );
}

const reservation = { type: "DYNAMIC" as const, role: "r", principal: "p" };
const reserved: Resource = { ...scalar("cpus", 1), reservations: [reservation] };

test("a reservation is dropped when its role is not the principal's", () => {
  const operation: OfferOperation = { type: "RESERVE", reserve: { resources: [reserved] } };
  const acls: ACLs = { reserve_resources: [{ principals: NONE, roles: some("r") }] };
  const [dropped = ""] = operate(acls, operation);
  assert.match(dropped, /Principal 'p' no authorized to perform action RESERVE_RESOURCES on object/);
  assert.deepEqual(
    operate({ reserve_resources: [{ principals: some("p"), roles: some("r") }] }, operation),
    [],
  );
});

test("an agent registers with what its principal may reserve, or not at all", () => {
  const stage = new Stage({
    acls: {
      register_agents: [
        { principals: some("agent"), agents: ANY },
        { principals: NONE, agents: ANY },
      ],
      reserve_resources: [
        { principals: some("agent"), roles: some("a/%", "*") },
        { principals: NONE, roles: ANY },
      ],
    },
  });
  const join = (role: string, principal?: string): number => {
    const reservations = [{ type: "STATIC" as const, role }];
    const body = {
      agent: {
        hostname: "h",
        port: 5051,
        resources: [{ ...scalar("cpus", 1), reservations }, scalar("mem", 64)],
      },
      version: "1.11.0",
      agent_capabilities: [
        { type: "HIERARCHICAL_ROLE" as const },
        { type: "RESERVATION_REFINEMENT" as const },
      ],
    };
    const who = principal === undefined ? {} : { principal };
    stage.take({ type: "message", name: "RegisterSlaveMessage", from: "slave(1)@127.0.0.1:1", ...who, body });
    return stage.state.agents.registered.size;
  };
  assert.equal(join("a/b"), 0);
  assert.equal(join("b", "agent"), 0);
  const text = stage.effects.flatMap((effect) => (effect.type === "log" ? [effect.message] : [])).join("\n");
  assert.match(text, /Not authorized to register agent providing resources '.*' with principal 'agent'/);
  assert.equal(join("a/b", "agent"), 1);
});
