// Operations when agents and masters come and go, and what reconciliation says of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Operation, type SchedulerCallReconcileOperationsOperation, formatResources } from "@mezzo/wire";
import { subscribe, uuid } from "../testing/cast.ts";
import { OPERATING, OperatingAgent } from "../testing/operating-agent.ts";
import { type Subscriber, accept, callOf, operation, reserved, volume } from "../testing/operation-script.ts";
import { Stage } from "../testing/stage.ts";

const AGENT = "slave(1)@127.0.0.1:5051";

/** A stage with one agent that does what operations ask, and one framework. */
function start(): { stage: Stage; agent: OperatingAgent; framework: Subscriber } {
  const stage = new Stage();
  const agent = new OperatingAgent(stage);
  const framework = subscribe(stage, {
    capabilities: [{ type: "MULTI_ROLE" }, { type: "RESERVATION_REFINEMENT" }, { type: "PARTITION_AWARE" }],
    failover_timeout: 60,
  });
  return { stage, agent, framework };
}

function reconcile(
  stage: Stage,
  framework: Subscriber,
  operations: SchedulerCallReconcileOperationsOperation[] = [],
): string[] {
  const lines = stage.call(
    callOf(framework, { type: "RECONCILE_OPERATIONS", reconcile_operations: { operations } }),
    framework.streamId,
  );
  return lines
    .filter((line) => !line.startsWith("answer"))
    .map((line) => line.replace("UPDATE_OPERATION_STATUS on stream1 ", ""));
}

function only(agent: OperatingAgent): Operation {
  const [first] = agent.operations.values();
  assert.ok(first !== undefined);
  return first;
}

const asked = (id: string, agentId?: string): SchedulerCallReconcileOperationsOperation => ({
  operation_id: { value: id },
  ...(agentId === undefined ? {} : { agent_id: { value: agentId } }),
});

test("reconcileOperations() says what is known, without asking for an acknowledgement", () => {
  const { stage, agent, framework } = start();
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)], "op")]);
  agent.receive();
  assert.deepEqual(reconcile(stage, framework), ["op OPERATION_PENDING"]);
  agent.report(only(agent));
  assert.deepEqual(reconcile(stage, framework), ["op OPERATION_FINISHED"]);
  assert.deepEqual(reconcile(stage, framework, [asked("op")]), ["op OPERATION_FINISHED"]);
  const sent = stage.effects.find((effect) => effect.type === "send-event");
  assert.ok(sent?.type === "send-event");
  assert.equal(sent.event.update_operation_status?.status.uuid, undefined);
});

test("reconcileOperations() says where the agent of an unknown operation stands", () => {
  const { stage, agent, framework } = start();
  const { agents } = stage.state;
  agents.gone.set("gone", { nanoseconds: 1 });
  agents.recovered.set("old", { id: "old", info: { hostname: "h" }, deactivated: false });
  const away = {
    id: "away",
    time: { nanoseconds: 1 },
    deactivated: false,
    tasks: new Map<string, string[]>(),
  };
  agents.unreachable.set("away", away);
  const cases: [string | undefined, string][] = [
    [agent.id, "OPERATION_UNKNOWN Reconciliation: Operation is unknown"],
    ["old", "OPERATION_RECOVERING Reconciliation: Agent is recovered but has not re-registered"],
    ["away", "OPERATION_UNREACHABLE Reconciliation: Agent is unreachable"],
    ["gone", "OPERATION_GONE_BY_OPERATOR Reconciliation: Agent marked gone by operator"],
    ["nobody", "OPERATION_UNKNOWN Reconciliation: Both operation and agent are unknown"],
    [undefined, "OPERATION_UNKNOWN Reconciliation: Operation is unknown and no 'agent_id' was provided"],
  ];
  for (const [agentId, words] of cases) {
    assert.deepEqual(reconcile(stage, framework, [asked("x", agentId)]), [`x ${words}`]);
  }
});

test("reconcileOperations() asks the agent about a resource provider that is not there", () => {
  const { stage, agent, framework } = start();
  const question = { ...asked("x", agent.id), resource_provider_id: { value: "p" } };
  assert.deepEqual(reconcile(stage, framework, [question]), [`ReconcileOperationsMessage to ${AGENT}`]);
  assert.deepEqual(stage.sent("ReconcileOperationsMessage"), [
    {
      framework_id: { value: framework.id },
      operations: [{ operation_id: { value: "x" }, resource_provider_id: { value: "p" } }],
    },
  ]);
  const answer = { state: "OPERATION_UNKNOWN", operation_id: { value: "x" } } as const;
  const framework_id = { value: framework.id };
  assert.deepEqual(stage.message("UpdateOperationStatusMessage", AGENT, { framework_id, status: answer }), [
    "UPDATE_OPERATION_STATUS on stream1 x OPERATION_UNKNOWN",
  ]);
});

test("removeAgent() tells frameworks what became of the operations they named", () => {
  for (const how of ["unreachable", "gone", "unregistered"] as const) {
    const { stage, agent, framework } = start();
    accept(stage, framework, [
      operation.reserve([reserved("cpus", 1)], "op"),
      operation.reserve([reserved("mem", 1)]),
    ]);
    const lines =
      how === "gone"
        ? stage.take({ type: "mark-agent-gone", request: 1, agentId: agent.id })
        : how === "unregistered"
          ? stage.message("UnregisterSlaveMessage", AGENT, { agent_id: { value: agent.id } })
          : stage.take({
              type: "persisted",
              continuation: {
                kind: "agent-unreachable",
                agentId: agent.id,
                duringFailover: false,
                time: { nanoseconds: 1 },
                message: "lost",
              },
            });
    const told = lines.filter((line) => line.startsWith("UPDATE_OPERATION_STATUS"));
    const words = {
      unreachable: [
        "UPDATE_OPERATION_STATUS on stream1 op OPERATION_UNREACHABLE Agent was marked unreachable",
      ],
      gone: ["UPDATE_OPERATION_STATUS on stream1 op OPERATION_GONE_BY_OPERATOR Agent has been marked gone"],
      unregistered: [],
    };
    assert.deepEqual(told, words[how]);
    assert.equal(stage.state.frameworks.registered.get(framework.id)?.operations.size, 0);
    const counts = stage.state.operationCounts.get("RESERVE");
    assert.equal(counts?.get("OPERATION_PENDING"), 0);
    assert.equal(counts.get("OPERATION_UNREACHABLE") ?? 0, how === "unreachable" ? 2 : 0);
  }
});

test("compareOperations() asks about operations that the agent never got, and drops them", () => {
  const { stage, agent, framework } = start();
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)], "op")]);
  // The agent does not receive it.
  agent.comeBack();
  const [question] = stage.sent("ReconcileOperationsMessage");
  const operation_uuid = question?.operations?.[0]?.operation_uuid;
  assert.ok(operation_uuid !== undefined);
  const lines = stage.message("UpdateOperationStatusMessage", AGENT, {
    agent_id: { value: agent.id },
    status: { state: "OPERATION_DROPPED", agent_id: { value: agent.id } },
    operation_uuid,
  });
  assert.equal(
    formatResources(stage.state.agents.registered.get(agent.id)?.checkpointedResources ?? []),
    "{}",
  );
  assert.deepEqual(lines, ["UPDATE_OPERATION_STATUS on stream1 op OPERATION_DROPPED"]);
  assert.equal(stage.state.agents.registered.get(agent.id)?.operations.size, 0);
});

test("updateKnownAgent() does not forget operations that its agent had not heard of when it said what it has", () => {
  const { stage, agent, framework } = start();
  const checkpointed = (): string =>
    formatResources(stage.state.agents.registered.get(agent.id)?.checkpointedResources ?? []);
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)], "one")]);
  agent.receive();
  const [first] = agent.operations.values();
  assert.ok(first !== undefined);
  const withOne = agent.reregistration();
  accept(stage, framework, [operation.reserve([reserved("mem", 64)], "two")]);
  const both = checkpointed();
  agent.receive();
  const [, second] = agent.operations.values();
  assert.ok(second !== undefined);
  // Sent before the second operation came, and repeated.
  for (let times = 0; times < 2; times++) stage.message("ReregisterSlaveMessage", AGENT, withOne);
  assert.equal(checkpointed(), both, "nobody else is offered what it will take");
  agent.report(first);
  agent.report(second);
  agent.report(second);
  assert.equal(checkpointed(), both);
  agent.comeBack();
  assert.equal(checkpointed(), both);
});

test("compareOperations() undoes a lost reservation that was taken back by another lost operation", () => {
  const { stage, agent } = start();
  const ask = (type: "RESERVE" | "UNRESERVE", name: string): void => {
    const body = { resources: [reserved(name, 1)] };
    const asked = type === "RESERVE" ? { type, reserve: body } : { type, unreserve: body };
    stage.take({ type: "operator-operation", request: 1, agentId: agent.id, operation: asked });
  };
  ask("RESERVE", "mem");
  ask("RESERVE", "cpus");
  ask("UNRESERVE", "mem");
  agent.comeBack();
  const [question] = stage.sent("ReconcileOperationsMessage");
  const questions = question?.operations ?? [];
  assert.equal(questions.length, 3);
  for (const { operation_uuid } of questions) {
    assert.ok(operation_uuid !== undefined);
    stage.message("UpdateOperationStatusMessage", AGENT, {
      agent_id: { value: agent.id },
      status: { state: "OPERATION_DROPPED", agent_id: { value: agent.id } },
      operation_uuid,
    });
  }
  const known = stage.state.agents.registered.get(agent.id);
  assert.equal(formatResources(known?.totalResources ?? []), formatResources(agent.resources));
  assert.equal(known?.unconfirmedOperations.size, 0);
});

test("compareOperations() lets a new master learn of operations and whose they are", () => {
  const { stage, agent, framework } = start();
  accept(stage, framework, [
    operation.reserve([reserved("disk", 100)]),
    operation.create([volume(100)], "op"),
  ]);
  agent.receive();
  const info = stage.state.frameworks.registered.get(framework.id)?.info;
  assert.ok(info !== undefined);
  const next = new Stage();
  agent.stage = next;
  agent.comeBack();
  assert.match(
    formatResources(next.state.agents.registered.get(agent.id)?.totalResources ?? []),
    /\[v:data\]:100/,
    "the volume is there",
  );
  const back = subscribe(next, info);
  const [, create] = agent.operations.values();
  assert.ok(create !== undefined);
  assert.deepEqual(agent.report(create), [
    `UPDATE_OPERATION_STATUS on ${back.streamId} op OPERATION_FINISHED`,
  ]);
  assert.equal(next.state.frameworks.registered.get(framework.id)?.operations.size, 2);
});

test("updateKnownAgent() forgets ended operations that an older agent would not let go of", () => {
  const { stage, agent, framework } = start();
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)], "op")]);
  agent.receive();
  agent.report(only(agent));
  const older = new OperatingAgent(new Stage(), {
    capabilities: OPERATING.filter((one) => one !== "AGENT_OPERATION_FEEDBACK"),
  });
  older.stage = stage;
  older.checkpointed = agent.checkpointed;
  older.comeBack();
  assert.equal(stage.state.agents.registered.get(agent.id)?.operations.size, 0);
});

const PROVIDER = { id: { value: "p" }, type: "org.example", name: "lvm" };
const raw = { name: "disk", type: "SCALAR", scalar: { value: 50 }, provider_id: { value: "p" } } as const;
const source = { ...raw, disk: { source: { type: "RAW" as const, profile: "fast" } } };
const mount = { ...raw, disk: { source: { type: "MOUNT" as const, id: "csi-1", profile: "fast" } } };

/** The agent tells about its provider, which has the resource and these operations. */
function tellProvider(
  stage: Stage,
  agentId: string,
  facts: { total: (typeof source | typeof mount)[]; operations?: Operation[] },
): string[] {
  return stage.message("UpdateSlaveMessage", AGENT, {
    agent_id: { value: agentId },
    update_oversubscribed_resources: false,
    resource_providers: {
      providers: [
        {
          info: PROVIDER,
          total_resources: facts.total,
          operations: { operations: facts.operations ?? [] },
          resource_version_uuid: { value: uuid(7) },
        },
      ],
    },
  });
}

/** A provider works on a CREATE_DISK. */
function makeDisk(): ReturnType<typeof start> & { uuidOfIt: string } {
  const all = start();
  tellProvider(all.stage, all.agent.id, { total: [source] });
  const create = {
    type: "CREATE_DISK",
    id: { value: "mk" },
    create_disk: { source, target_type: "MOUNT" },
  } as const;
  assert.deepEqual(accept(all.stage, all.framework, [create]), [
    `ApplyOperationMessage to ${AGENT}`,
    "answer 202",
  ]);
  const [sent] = all.stage.sent("ApplyOperationMessage");
  assert.deepEqual(sent?.resource_version_uuid, {
    resource_provider_id: { value: "p" },
    uuid: { value: uuid(7) },
  });
  return { ...all, uuidOfIt: sent.operation_uuid.value };
}

function finish(stage: Stage, framework: Subscriber, facts: { agentId: string; uuidOfIt: string }): string[] {
  const status = {
    state: "OPERATION_FINISHED",
    operation_id: { value: "mk" },
    converted_resources: [{ ...mount, allocation_info: { role: "r" } }],
    uuid: { value: uuid(3) },
  } as const;
  return stage.message("UpdateOperationStatusMessage", AGENT, {
    framework_id: { value: framework.id },
    agent_id: { value: facts.agentId },
    status: { ...status, converted_resources: [...status.converted_resources] },
    operation_uuid: { value: facts.uuidOfIt },
  });
}

test("updateKnownAgent() keeps what resource providers brought until the agent speaks of them", () => {
  const { stage, agent } = start();
  tellProvider(stage, agent.id, { total: [source] });
  const total = (): string =>
    formatResources(stage.state.agents.registered.get(agent.id)?.totalResources ?? []);
  stage.message("ReregisterSlaveMessage", AGENT, agent.reregistration());
  assert.match(total(), /RAW/);
  agent.update();
  assert.doesNotMatch(total(), /RAW/);
});

test("updateOperation() applies what a resource provider did only when it says so", () => {
  const { stage, agent, framework, uuidOfIt } = makeDisk();
  const record = stage.state.agents.registered.get(agent.id);
  assert.match(formatResources(record?.usedResources.get(framework.id) ?? []), /RAW/);
  assert.deepEqual(finish(stage, framework, { agentId: agent.id, uuidOfIt }), [
    "UPDATE_OPERATION_STATUS on stream1 mk OPERATION_FINISHED",
  ]);
  assert.equal(record?.usedResources.get(framework.id), undefined);
  assert.match(formatResources(record?.totalResources ?? []), /MOUNT/);
});

test("releaseOperations() leaves a resource provider's work to nobody until it ends", () => {
  const { stage, agent, framework, uuidOfIt } = makeDisk();
  stage.call(callOf(framework, { type: "TEARDOWN" }), framework.streamId);
  const record = stage.state.agents.registered.get(agent.id);
  assert.doesNotMatch(formatResources(record?.totalResources ?? []), /RAW|MOUNT/);
  assert.deepEqual(finish(stage, framework, { agentId: agent.id, uuidOfIt }), [
    `AcknowledgeOperationStatusMessage to ${AGENT}`,
  ]);
  assert.match(formatResources(record?.totalResources ?? []), /MOUNT/);
});

test("adoptOperations() gives a framework back what its operation takes", () => {
  const { stage, agent, framework } = makeDisk();
  const [pending] = stage.state.frameworks.registered.get(framework.id)?.operations.values() ?? [];
  const info = stage.state.frameworks.registered.get(framework.id)?.info;
  assert.ok(pending !== undefined && info !== undefined);
  const next = new Stage();
  agent.stage = next;
  agent.comeBack();
  tellProvider(next, agent.id, { total: [source], operations: [pending] });
  const record = next.state.agents.registered.get(agent.id);
  assert.doesNotMatch(formatResources(record?.totalResources ?? []), /RAW/, "nobody's");
  subscribe(next, info);
  assert.match(formatResources(record?.usedResources.get(framework.id) ?? []), /RAW/);
  // The provider goes, and its work with it.
  agent.update();
  assert.equal(record?.usedResources.get(framework.id), undefined);
});
