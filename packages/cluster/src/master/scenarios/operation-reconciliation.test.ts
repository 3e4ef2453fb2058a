// What a scheduler hears that asks about its operations, when masters, agents and resource providers come and go. Scenarios
// that Mesos tests, too; see docs/checklists/master-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Operation, OperationStatus, UpdateSlaveMessage } from "@mezzo/wire";
import { subscribe, uuid } from "../testing/cast.ts";
import { OperatingAgent } from "../testing/operating-agent.ts";
import { type Subscriber, accept, callOf, operation, reserved } from "../testing/operation-script.ts";
import { AGENT } from "../testing/play.ts";
import { Stage } from "../testing/stage.ts";

interface Scene {
  stage: Stage;
  agent: OperatingAgent;
  framework: Subscriber & { info: ReturnType<typeof subscribe>["info"] };
}

function start(): Scene {
  const stage = new Stage();
  const agent = new OperatingAgent(stage);
  const capabilities = ["MULTI_ROLE", "RESERVATION_REFINEMENT", "PARTITION_AWARE"] as const;
  const framework = subscribe(stage, {
    capabilities: capabilities.map((type) => ({ type })),
    failover_timeout: 60,
  });
  return { stage, agent, framework };
}

/** Statuses of operations that the last input sent. */
function told(stage: Stage): OperationStatus[] {
  return stage.effects.flatMap((effect) =>
    effect.type === "send-event" && effect.event.update_operation_status !== undefined
      ? [effect.event.update_operation_status.status]
      : [],
  );
}

/** Asks about the operation `op`, and then about all; the answers. */
function ask({ stage, agent, framework }: Scene): { named: OperationStatus[]; all: OperationStatus[] } {
  const question = { operation_id: { value: "op" }, agent_id: { value: agent.id } };
  const reconcile = (operations: (typeof question)[]): OperationStatus[] => {
    const call = { type: "RECONCILE_OPERATIONS", reconcile_operations: { operations } } as const;
    stage.call(callOf(framework, call), framework.streamId);
    return told(stage);
  };
  return { named: reconcile([question]), all: reconcile([]) };
}

const brief = ({ operation_id, state, uuid: id }: OperationStatus): string =>
  `${operation_id?.value} ${state}${id === undefined ? "" : " to be acknowledged"}`;

/** A new master, at which agent and framework are back. */
function failOver({ agent, framework }: Scene): Scene {
  const stage = new Stage();
  agent.stage = stage;
  const info = { ...framework.info, id: { value: framework.id } };
  agent.comeBack({ frameworks: [info] });
  return { stage, agent, framework: subscribe(stage, info) };
}

test("an operation whose end nobody acknowledged is told by the next master, too", () => {
  const scene = start();
  accept(scene.stage, scene.framework, [operation.reserve([reserved("cpus", 1)], "op")]);
  scene.agent.receive();
  const [done] = scene.agent.operations.values();
  assert.ok(done !== undefined);
  scene.agent.report(done);
  assert.deepEqual(told(scene.stage).map(brief), ["op OPERATION_FINISHED to be acknowledged"]);
  const next = failOver(scene);
  // The agent repeats it until it is acknowledged.
  scene.agent.report(done);
  assert.deepEqual(told(next.stage).map(brief), ["op OPERATION_FINISHED to be acknowledged"]);
  const { named, all } = ask(next);
  assert.deepEqual(named.map(brief), ["op OPERATION_FINISHED"]);
  assert.deepEqual(all.map(brief), ["op OPERATION_FINISHED"]);
});

test("operations on an agent that is marked gone are gone, and then forgotten", () => {
  const scene = start();
  const { stage, agent, framework } = scene;
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)], "op")]);
  agent.receive();
  const [done] = agent.operations.values();
  assert.ok(done !== undefined);
  agent.report(done);
  const agent_id = { value: agent.id };
  stage.take({ type: "mark-agent-gone", request: 1, agentId: agent.id });
  assert.deepEqual(told(stage).map(brief), ["op OPERATION_GONE_BY_OPERATOR"]);
  assert.deepEqual(told(stage)[0]?.agent_id, agent_id);
  const counts = stage.state.operationCounts.get("RESERVE");
  assert.equal(counts?.get("OPERATION_GONE_BY_OPERATOR"), 1);
  const { named, all } = ask(scene);
  assert.deepEqual(named.map(brief), ["op OPERATION_GONE_BY_OPERATOR"]);
  assert.deepEqual(all, []);
});

const PROVIDER = { id: { value: "p" }, type: "org.example", name: "lvm" };
const DISK = {
  name: "disk",
  type: "SCALAR",
  scalar: { value: 200 },
  provider_id: { value: "p" },
  disk: { source: { type: "RAW", profile: "fast" } },
} as const;

/** The agent says what its provider has, and which operations it knows. */
function providers(agent: OperatingAgent, operations: Operation[]): UpdateSlaveMessage {
  return {
    agent_id: { value: agent.id },
    update_oversubscribed_resources: false,
    operations: { operations: [] },
    resource_providers: {
      providers: [
        {
          info: PROVIDER,
          total_resources: [DISK],
          operations: { operations },
          resource_version_uuid: { value: uuid(7) },
        },
      ],
    },
  };
}

/** A provider that has been asked to make a disk, by the name `op`. */
function makeDisk(scene: Scene): Operation {
  const { stage, agent, framework } = scene;
  stage.message("UpdateSlaveMessage", AGENT, providers(agent, []));
  const create_disk = { source: DISK, target_type: "MOUNT" as const };
  accept(stage, framework, [{ type: "CREATE_DISK", id: { value: "op" }, create_disk }]);
  const [pending] = stage.state.frameworks.registered.get(framework.id)?.operations.values() ?? [];
  assert.ok(pending !== undefined);
  return structuredClone(pending);
}

test("an operation that a provider still works on is pending for the next master", () => {
  const scene = start();
  const pending = makeDisk(scene);
  assert.deepEqual(ask(scene).named.map(brief), ["op OPERATION_PENDING"]);
  const next = failOver(scene);
  next.stage.message("UpdateSlaveMessage", AGENT, providers(scene.agent, [pending]));
  const { named, all } = ask(next);
  assert.deepEqual(named.map(brief), ["op OPERATION_PENDING"]);
  assert.deepEqual(all.map(brief), ["op OPERATION_PENDING"]);
});

test("an operation that never reached its provider is asked about there, and dropped", () => {
  const scene = start();
  const { stage, agent } = scene;
  const { uuid: operation_uuid } = makeDisk(scene);
  stage.message("ReregisterSlaveMessage", AGENT, agent.reregistration());
  stage.message("UpdateSlaveMessage", AGENT, providers(agent, []));
  const [asked] = stage.sent("ReconcileOperationsMessage");
  assert.deepEqual(asked?.operations, [{ operation_uuid, resource_provider_id: { value: "p" } }]);
  stage.message("UpdateOperationStatusMessage", AGENT, {
    agent_id: { value: agent.id },
    status: { state: "OPERATION_DROPPED", agent_id: { value: agent.id } },
    operation_uuid,
  });
  assert.deepEqual(told(stage).map(brief), ["op OPERATION_DROPPED"]);
  assert.equal(stage.state.operationCounts.get("CREATE_DISK")?.get("OPERATION_DROPPED"), 1);
});

test("a question about a provider that the master has not heard of yet is the agent's to answer", () => {
  const scene = start();
  const done = makeDisk(scene);
  const next = failOver(scene);
  const { stage, framework, agent } = next;
  const question = {
    operation_id: { value: "op" },
    agent_id: { value: agent.id },
    resource_provider_id: { value: "p" },
  };
  const reconcile_operations = { operations: [question] };
  const call = callOf(framework, { type: "RECONCILE_OPERATIONS", reconcile_operations });
  stage.call(call, framework.streamId);
  assert.deepEqual(told(stage), []);
  assert.equal(stage.sent("ReconcileOperationsMessage")[0]?.framework_id?.value, framework.id);
  // What the agent says of its provider may come first: the answer is passed on all the same.
  const finished = { state: "OPERATION_FINISHED", operation_id: { value: "op" } } as const;
  stage.message("UpdateSlaveMessage", AGENT, providers(agent, [{ ...done, latest_status: finished }]));
  const framework_id = { value: framework.id };
  stage.message("UpdateOperationStatusMessage", AGENT, { framework_id, status: finished });
  assert.deepEqual(told(stage).map(brief), ["op OPERATION_FINISHED"]);
});
