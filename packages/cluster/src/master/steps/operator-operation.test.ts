// Reservations and volumes by operators.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type OfferOperation, formatResources } from "@mezzo/wire";
import { subscribe, task, updateOf } from "../testing/cast.ts";
import { OperatingAgent } from "../testing/operating-agent.ts";
import { type Subscriber, accept, operation, reserved, volume } from "../testing/operation-script.ts";
import { Stage } from "../testing/stage.ts";

const AGENT = "slave(1)@127.0.0.1:5051";

function start(): { stage: Stage; agent: OperatingAgent; framework: Subscriber } {
  const stage = new Stage();
  const agent = new OperatingAgent(stage);
  const framework = subscribe(stage, {
    capabilities: [{ type: "MULTI_ROLE" }, { type: "RESERVATION_REFINEMENT" }],
  });
  return { stage, agent, framework };
}

function ask(
  stage: Stage,
  asked: OfferOperation,
  facts: { agentId?: string; principal?: string } = {},
): string[] {
  const { agentId = "m-S0", principal } = facts;
  const by = principal === undefined ? {} : { principal };
  return stage.take({ type: "operator-operation", request: 1, agentId, operation: asked, ...by });
}

test("operatorOperation() carries out what is free, and the master acknowledges it", () => {
  const { stage, agent } = start();
  assert.deepEqual(ask(stage, operation.reserve([reserved("disk", 100)])), [
    `ApplyOperationMessage to ${AGENT}`,
    "answer 202",
  ]);
  const [sent] = stage.sent("ApplyOperationMessage");
  assert.equal(sent?.framework_id, undefined);
  agent.receive();
  const [done] = agent.operations.values();
  assert.ok(done !== undefined);
  assert.deepEqual(agent.report(done), [`AcknowledgeOperationStatusMessage to ${AGENT}`]);
  for (const next of [
    operation.create([volume(50)]),
    operation.grow(volume(50), reserved("disk", 10)),
    operation.shrink(volume(60), 20),
    operation.destroy([volume(40)]),
    operation.unreserve([reserved("disk", 100)]),
  ]) {
    assert.deepEqual(ask(stage, next).at(-1), "answer 202", next.type);
    agent.receive();
  }
  assert.equal(formatResources(agent.checkpointed), "{}");
});

test("operatorOperation() takes offers back until they cover the operation", () => {
  const { stage, framework } = start();
  stage.allocate();
  assert.deepEqual(ask(stage, operation.reserve([reserved("cpus", 1)])), [
    "RESCIND on stream1 m-O0",
    `ApplyOperationMessage to ${AGENT}`,
    "answer 202",
  ]);
  assert.deepEqual(stage.allocate(), [], "not before the next tick");
  stage.now += 6000;
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O1"]);
  const offer = stage.state.frameworks.registered.get(framework.id)?.totalOfferedResources ?? [];
  assert.match(formatResources(offer), /cpus\(allocated: r\)\(reservations: \[\(DYNAMIC,r\)\]\):1/);
});

test("operatorOperation() takes every offer back that holds a shared volume which it destroys", () => {
  const stage = new Stage();
  const agent = new OperatingAgent(stage);
  const capabilities = ["MULTI_ROLE", "RESERVATION_REFINEMENT", "SHARED_RESOURCES"] as const;
  const framework = subscribe(stage, { capabilities: capabilities.map((type) => ({ type })) });
  const shared = volume(50, "v", { shared: {} });
  accept(stage, framework, [
    operation.reserve([reserved("disk", 100)]),
    operation.create([shared]),
    { type: "LAUNCH", launch: { task_infos: [task("t", agent.id)] } },
  ]);
  stage.now += 6000;
  stage.allocate();
  const ids = { frameworkId: framework.id, agentId: agent.id, taskId: "t" };
  stage.message("StatusUpdateMessage", agent.pid, { update: updateOf(ids, "TASK_FINISHED"), pid: agent.pid });
  stage.allocate();
  const texts = [...stage.state.offers.values()].map(({ offer }) => formatResources(offer.resources ?? []));
  assert.deepEqual(
    texts.map((text) => text.includes("[v:data]")),
    [true, true],
  );
  const [first, second] = stage.state.offers.keys();
  assert.deepEqual(ask(stage, operation.destroy([shared])), [
    `RESCIND on stream1 ${first}`,
    `RESCIND on stream1 ${second}`,
    `ApplyOperationMessage to ${AGENT}`,
    "answer 202",
  ]);
});

test("operatorOperation() says what is wrong in Mesos' words", () => {
  const { stage } = start();
  const where = `on agent m-S0 at ${AGENT} (host)`;
  const plain = { name: "cpus", type: "SCALAR", scalar: { value: 1 } } as const;
  const cases: [OfferOperation, { agentId?: string; principal?: string }, string][] = [
    [
      operation.reserve([reserved("cpus", 1)]),
      { agentId: "x" },
      "answer 400: No agent found with specified ID",
    ],
    [
      operation.reserve([reserved("cpus", -1)]),
      {},
      "answer 400: Resource 'cpus(reservations: [(DYNAMIC,r)]):-1' is invalid: Invalid scalar resource: value <= 0",
    ],
    [
      operation.reserve([plain]),
      {},
      `answer 400: Invalid RESERVE operation ${where}: Resource cpus:1 is not dynamically reserved`,
    ],
    [
      operation.reserve([reserved("cpus", 1)]),
      { principal: "ops" },
      `answer 400: Invalid RESERVE operation ${where}: A reserve operation was attempted by principal 'ops', ` +
        "but there is a reserved resource in the request with no principal set",
    ],
    [
      operation.unreserve([plain]),
      {},
      "answer 400: Invalid UNRESERVE operation: Resource cpus:1 is not dynamically reserved",
    ],
    [
      operation.destroy([volume(1)]),
      {},
      "answer 400: Invalid DESTROY operation: Persistent volumes not found",
    ],
    [
      operation.reserve([reserved("cpus", 9)]),
      {},
      "answer 409: cpus:4; mem:1024; disk:2000 does not contain cpus:9",
    ],
  ];
  for (const [asked, facts, answer] of cases) assert.deepEqual(ask(stage, asked, facts), [answer]);
});

test("operatorOperation() does not touch what tasks use", () => {
  const { stage, framework } = start();
  stage.allocate();
  const [offerId] = stage.state.offers.keys();
  const resources = [{ name: "cpus", type: "SCALAR", scalar: { value: 4 } } as const];
  const task_infos = [
    { name: "t", task_id: { value: "t" }, agent_id: { value: "m-S0" }, resources, command: { value: "x" } },
  ];
  const accept = {
    offer_ids: [{ value: offerId ?? "" }],
    operations: [{ type: "LAUNCH" as const, launch: { task_infos } }],
  };
  stage.call({ type: "ACCEPT", framework_id: { value: framework.id }, accept }, framework.streamId);
  assert.deepEqual(ask(stage, operation.reserve([reserved("cpus", 1)])), [
    "answer 409: disk:2000; mem:1024 does not contain cpus:1",
  ]);
});
