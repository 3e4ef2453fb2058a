// Operations on reservations and volumes, from the offer to the acknowledgement.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type OfferOperation,
  type SchedulerCall,
  type TaskInfo,
  equalResources,
  formatResources,
  unallocateResources,
} from "@mezzo/wire";
import { registerAgent, scalar, subscribe, task, updateOf, uuid } from "../testing/cast.ts";
import { OperatingAgent } from "../testing/operating-agent.ts";
import { type Subscriber, accept, callOf, operation, reserved, volume } from "../testing/operation-script.ts";
import { Stage, testUuid } from "../testing/stage.ts";

const AGENT = "slave(1)@127.0.0.1:5051";

const CAPABILITIES = ["MULTI_ROLE", "RESERVATION_REFINEMENT", "PARTITION_AWARE", "SHARED_RESOURCES"] as const;

function newcomer(stage: Stage): Subscriber {
  return subscribe(stage, { capabilities: CAPABILITIES.map((type) => ({ type })), failover_timeout: 60 });
}

/** A stage with one agent that does what operations ask, and one framework. */
function start(): { stage: Stage; agent: OperatingAgent; framework: Subscriber } {
  const stage = new Stage();
  const agent = new OperatingAgent(stage);
  return { stage, agent, framework: newcomer(stage) };
}

function launchOf(task_infos: TaskInfo[]): OfferOperation {
  return { type: "LAUNCH", launch: { task_infos } };
}

function totalOf(stage: Stage): string {
  const [agent] = stage.state.agents.registered.values();
  return formatResources(agent?.totalResources ?? []);
}

/** What the framework is offered, as text without roles. */
function offered(stage: Stage, framework: Subscriber): string {
  stage.allocate();
  const ids = stage.state.frameworks.registered.get(framework.id)?.offers ?? [];
  const resources = [...ids].flatMap((id) => stage.state.offers.get(id)?.offer.resources ?? []);
  return formatResources(unallocateResources(resources));
}

test("acceptOffers() reserves, makes a volume and starts a task on it in one call", () => {
  const { stage, agent, framework } = start();
  const resources = [scalar("cpus", 1), scalar("mem", 32), volume(100)];
  const operations = [
    operation.reserve([reserved("disk", 500)]),
    operation.create([volume(100)]),
    launchOf([task("t", agent.id, { resources })]),
  ];
  assert.deepEqual(accept(stage, framework, operations), [
    `ApplyOperationMessage to ${AGENT}`,
    `ApplyOperationMessage to ${AGENT}`,
    `RunTaskMessage to ${AGENT}`,
    "answer 202",
  ]);
  const [first] = stage.sent("ApplyOperationMessage");
  assert.deepEqual(first?.operation_uuid, { value: testUuid(1) });
  assert.deepEqual(first.resource_version_uuid, { uuid: { value: uuid(9) } });
  assert.deepEqual(first.framework_id, { value: framework.id });
  assert.equal(first.operation_info.reserve?.resources?.[0]?.allocation_info?.role, "r");
  agent.receive();
  assert.equal(agent.operations.size, 2);
  assert.match(totalOf(stage), /disk\(reservations: \[\(DYNAMIC,r\)\]\)\[v:data\]:100/);
  assert.equal(
    offered(stage, framework),
    "disk(reservations: [(DYNAMIC,r)]):400; cpus:3; mem:992; disk:1500",
    "the volume is in use",
  );
});

test("acceptOffers() offers what it made at once, and filters what it left as it was", () => {
  const { stage, framework } = start();
  accept(stage, framework, [operation.unreserve([reserved("cpus", 1)])]);
  assert.equal(offered(stage, framework), "{}", "nothing was made");
  stage.now += 5001;
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)])]);
  assert.match(offered(stage, framework), /cpus\(reservations: \[\(DYNAMIC,r\)\]\):1/);
});

test("acceptOffers() lets nobody use a resized volume in the same call", () => {
  const { stage, framework } = start();
  accept(stage, framework, [operation.reserve([reserved("disk", 500)]), operation.create([volume(100)])]);
  const grow = operation.grow(volume(100), reserved("disk", 50));
  assert.deepEqual(accept(stage, framework, [grow, operation.unreserve([reserved("disk", 400)], "u")]), [
    `ApplyOperationMessage to ${AGENT}`,
    "UPDATE_OPERATION_STATUS on stream1 u OPERATION_ERROR cpus(allocated: r):4; mem(allocated: r):1024; " +
      "disk(allocated: r):1500; disk(allocated: r)(reservations: [(DYNAMIC,r)]):350 " +
      "does not contain disk(allocated: r)(reservations: [(DYNAMIC,r)]):400",
    "answer 202",
  ]);
  assert.match(totalOf(stage), /\[v:data\]:150/);
  accept(stage, framework, [operation.shrink(volume(150), 120)]);
  assert.match(totalOf(stage), /\[v:data\]:30/);
});

test("acceptOffers() gives back all that shrinking a volume frees, beside free disk of the same kind", () => {
  const { stage, agent, framework } = start();
  accept(stage, framework, [operation.reserve([reserved("disk", 500)]), operation.create([volume(300)])]);
  assert.match(offered(stage, framework), /disk\(reservations: \[\(DYNAMIC,r\)\]\):200/);
  accept(stage, framework, [operation.shrink(volume(300), 100)]);
  stage.now += 5001;
  assert.match(offered(stage, framework), /disk\(reservations: \[\(DYNAMIC,r\)\]\):300/);
  const entry = stage.state.allocator.agents.get(agent.id);
  const held = entry?.held.flatMap(({ resources }) => resources) ?? [];
  const offers = [...stage.state.offers.values()].flatMap(({ offer }) => offer.resources ?? []);
  assert.ok(equalResources(held, offers), "the allocator takes nothing else for held");
});

test("operationStatus() acknowledges for frameworks that gave no id", () => {
  const { stage, agent, framework } = start();
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)])]);
  agent.receive();
  const [done] = agent.operations.values();
  assert.ok(done !== undefined);
  assert.deepEqual(agent.report(done), [`AcknowledgeOperationStatusMessage to ${AGENT}`]);
  agent.receive();
  assert.equal(agent.operations.size, 0);
  assert.equal(stage.state.agents.registered.get(agent.id)?.operations.size, 0);
  const counts = stage.state.operationCounts.get("RESERVE");
  assert.deepEqual([counts?.get("OPERATION_FINISHED"), counts?.get("OPERATION_PENDING")], [1, 0]);
});

test("acknowledgeOperation() passes on what a framework that gave an id acknowledges", () => {
  const { stage, agent, framework } = start();
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)], "op")]);
  agent.receive();
  const [done] = agent.operations.values();
  assert.ok(done !== undefined);
  assert.deepEqual(agent.report(done), ["UPDATE_OPERATION_STATUS on stream1 op OPERATION_FINISHED"]);
  const acknowledge = (value: string): string[] => {
    const ids = { agent_id: { value: agent.id }, operation_id: { value: "op" } };
    const call: SchedulerCall = {
      type: "ACKNOWLEDGE_OPERATION_STATUS",
      acknowledge_operation_status: { ...ids, uuid: value },
    };
    return stage.call(callOf(framework, call), framework.streamId);
  };
  assert.deepEqual(acknowledge(uuid(200)), ["answer 202"], "a status that nobody sent");
  assert.deepEqual(acknowledge(uuid(1)), [`AcknowledgeOperationStatusMessage to ${AGENT}`, "answer 202"]);
  assert.deepEqual(stage.sent("AcknowledgeOperationStatusMessage"), [
    { operation_uuid: { value: testUuid(1) }, status_uuid: { value: uuid(1) } },
  ]);
  assert.deepEqual(acknowledge(uuid(1)), ["answer 202"], "an operation that is over");
  const { counters } = stage.state;
  assert.equal(counters.valid_operation_status_update_acknowledgements, 1);
  assert.equal(counters.invalid_operation_status_update_acknowledgements, 2);
});

test("operationStatus() acknowledges for a framework that is over", () => {
  const { stage, agent, framework } = start();
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)], "op")]);
  agent.receive();
  stage.call(callOf(framework, { type: "TEARDOWN" }), framework.streamId);
  const [done] = agent.operations.values();
  assert.ok(done !== undefined);
  assert.deepEqual(agent.report(done), [`AcknowledgeOperationStatusMessage to ${AGENT}`]);
});

test("operationStatus() keeps the status for a framework that is away", () => {
  const { stage, agent, framework } = start();
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)], "op")]);
  agent.receive();
  stage.take({ type: "stream-closed", streamId: framework.streamId });
  const [done] = agent.operations.values();
  assert.ok(done !== undefined);
  assert.deepEqual(agent.report(done), []);
  const info = stage.state.frameworks.registered.get(framework.id)?.info;
  assert.ok(info !== undefined);
  const back = subscribe(stage, info);
  assert.deepEqual(agent.report(done), [`UPDATE_OPERATION_STATUS on ${back.streamId} op OPERATION_FINISHED`]);
});

test("prepareOperation() refuses what is malformed before anything else of the call happens", () => {
  const { stage, framework } = start();
  const bad = operation.reserve([{ ...reserved("cpus", -1) }], "bad");
  const unfit = operation.reserve([reserved("cpus", 100)], "unfit");
  const lines = accept(stage, framework, [unfit, bad, { type: "UNKNOWN", id: { value: "what" } }]);
  assert.deepEqual(
    lines.map((line) => line.split(" ").slice(0, 5).join(" ")),
    [
      "UPDATE_OPERATION_STATUS on stream1 bad OPERATION_ERROR",
      "UPDATE_OPERATION_STATUS on stream1 unfit OPERATION_ERROR",
      "answer 202",
    ],
  );
  assert.equal(stage.state.operationCounts.get("RESERVE")?.get("OPERATION_ERROR"), 2);
});

test("acceptOffers() drops operations on offers that are not valid", () => {
  const { stage, framework } = start();
  const operations = [operation.reserve([reserved("cpus", 1)], "op")];
  const accepted = { offer_ids: [{ value: "gone" }], operations };
  assert.deepEqual(stage.call(callOf(framework, { type: "ACCEPT", accept: accepted }), framework.streamId), [
    "UPDATE_OPERATION_STATUS on stream1 op OPERATION_ERROR " +
      "Operation attempted with invalid offers: Offer gone is no longer valid",
    "answer 202",
  ]);
});

test("prepareOperation() refuses feedback that the agent cannot give", () => {
  const stage = new Stage();
  registerAgent(stage);
  assert.deepEqual(accept(stage, newcomer(stage), [operation.reserve([reserved("cpus", 1)], "op")]), [
    "UPDATE_OPERATION_STATUS on stream1 op OPERATION_ERROR Operation requested feedback, but agent m-S0 " +
      "does not have the required RESOURCE_PROVIDER capability",
    "answer 202",
  ]);
  const other = new Stage();
  const capabilities = ["MULTI_ROLE", "RESERVATION_REFINEMENT", "RESOURCE_PROVIDER"] as const;
  assert.equal(new OperatingAgent(other, { capabilities }).id, "m-S0");
  assert.deepEqual(accept(other, newcomer(other), [operation.reserve([reserved("cpus", 1)], "op")]), [
    "UPDATE_OPERATION_STATUS on stream1 op OPERATION_ERROR Operation on agent default resources requested " +
      "feedback, but agent m-S0 does not have the required AGENT_OPERATION_FEEDBACK and RESOURCE_PROVIDER capabilities",
    "answer 202",
  ]);
});

test("prepareOperation() stops a driver that asks for feedback", () => {
  const stage = new Stage();
  const agent = new OperatingAgent(stage);
  const from = "scheduler(1)@127.0.0.1:9000";
  const framework_info = { user: "u", name: "driver", role: "r" };
  stage.take({ type: "driver-call", from, call: { type: "SUBSCRIBE", subscribe: { framework_info } } });
  stage.allocate();
  const [record] = stage.state.offers.values();
  assert.ok(record !== undefined);
  const operations = [operation.reserve([reserved("cpus", 1)], "op")];
  const call: SchedulerCall = {
    type: "ACCEPT",
    framework_id: { value: record.frameworkId },
    accept: { offer_ids: [record.offer.id], operations },
  };
  assert.deepEqual(stage.take({ type: "driver-call", from, call }), [`FrameworkErrorMessage to ${from}`]);
  assert.equal(stage.state.agents.registered.get(agent.id)?.operations.size, 0);
});

test("applyOperation() tells older agents what they have to remember", () => {
  const stage = new Stage();
  const agent = new OperatingAgent(stage, { capabilities: ["MULTI_ROLE", "RESERVATION_REFINEMENT"] });
  assert.deepEqual(accept(stage, newcomer(stage), [operation.reserve([reserved("cpus", 1)])]), [
    `CheckpointResourcesMessage to ${AGENT}`,
    "answer 202",
  ]);
  agent.receive();
  assert.equal(formatResources(agent.checkpointed), "cpus(reservations: [(DYNAMIC,r)]):1");
  // What the agent forgot it is told again.
  agent.checkpointed = [];
  agent.comeBack();
  agent.receive();
  assert.equal(formatResources(agent.checkpointed), "cpus(reservations: [(DYNAMIC,r)]):1");
});

test("launchTasks() lets any number of tasks use a shared volume, and destroying it waits for them", () => {
  const { stage, agent, framework } = start();
  const shared = volume(100, "s", { shared: {} });
  accept(stage, framework, [operation.reserve([reserved("disk", 100)]), operation.create([shared])]);
  const using = (id: string): ReturnType<typeof task> =>
    task(id, agent.id, { resources: [scalar("cpus", 1), scalar("mem", 32), shared] });
  stage.now += 5001;
  assert.deepEqual(accept(stage, framework, [launchOf([using("a"), using("b")])]), [
    `RunTaskMessage to ${AGENT}`,
    `RunTaskMessage to ${AGENT}`,
    "answer 202",
  ]);
  stage.now += 5001;
  assert.match(offered(stage, framework), /<SHARED>/, "it is still offered");
  assert.deepEqual(accept(stage, framework, [operation.destroy([shared], "d")]), [
    `UPDATE_OPERATION_STATUS on stream1 d OPERATION_ERROR Persistent volumes in use; on agent m-S0 at ${AGENT} (host)`,
    "answer 202",
  ]);
});

test("runResourceOperation() takes other offers of a volume back that it destroys", () => {
  const { stage, agent, framework } = start();
  const shared = volume(100, "s", { shared: {} });
  accept(stage, framework, [operation.reserve([reserved("disk", 100)]), operation.create([shared])]);
  accept(stage, framework, [launchOf([task("t", agent.id)])]);
  const other = newcomer(stage);
  assert.match(offered(stage, other), /<SHARED>/);
  const ids = { frameworkId: framework.id, agentId: agent.id, taskId: "t" };
  stage.message("StatusUpdateMessage", AGENT, { update: updateOf(ids, "TASK_FINISHED"), pid: AGENT });
  stage.now += 5001;
  assert.match(offered(stage, framework), /<SHARED>/);
  assert.deepEqual(
    accept(stage, framework, [operation.destroy([shared])]).map((line) => line.split(" on ")[0]),
    ["RESCIND", `ApplyOperationMessage to ${AGENT}`, "answer 202"],
  );
  assert.doesNotMatch(totalOf(stage), /<SHARED>/);
});
