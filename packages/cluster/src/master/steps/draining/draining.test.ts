// Draining, deactivating and reactivating agents by operators: what it does at once, what it waits for, what survives.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Operation, ReregisterSlaveMessage } from "@mezzo/wire";
import type { DrainingInput } from "../../maintenance-inputs.ts";
import { decodeRegistry } from "../../registry/decode-registry.ts";
import { step } from "../../step.ts";
import { launch, registerAgent, scalar, subscribe, task, updateOf, uuid } from "../../testing/cast.ts";
import { keepRecords } from "../../testing/keep-records.ts";
import { Stage } from "../../testing/stage.ts";

const PID = "slave(1)@127.0.0.1:5051";
const CAPABILITIES = ["MULTI_ROLE", "HIERARCHICAL_ROLE", "RESERVATION_REFINEMENT", "AGENT_DRAINING"] as const;

/** What the agent says about itself; with an id when it comes back. */
function self(agentId?: string): ReregisterSlaveMessage {
  return {
    agent: {
      hostname: "host",
      port: 5051,
      resources: [scalar("cpus", 4), scalar("mem", 1024)],
      ...(agentId === undefined ? {} : { id: { value: agentId } }),
    },
    version: "1.11.0",
    agent_capabilities: CAPABILITIES.map((type) => ({ type })),
  };
}

/** An agent that can be drained, with everything around it. */
class DrainStage {
  readonly stage = new Stage();
  readonly records = new Map<string, Uint8Array>();
  readonly agentId: string;

  constructor() {
    this.stage.message("RegisterSlaveMessage", PID, self());
    this.keep();
    this.agentId = this.stage.state.agents.byPid.get(PID) ?? "";
  }

  /** Writes what the last input wrote. */
  keep(): void {
    keepRecords(this.stage, this.records);
  }

  /** An operator's word; the answer and what else happens. */
  operate(type: DrainingInput["type"], agentId = this.agentId, markGone = false): string[] {
    const lines = this.stage.take(
      type === "drain-agent"
        ? { type, request: 7, agentId, config: { mark_gone: markGone } }
        : { type, request: 7, agentId },
    );
    this.keep();
    return lines;
  }

  /** Active, deactivated, and the state of the drain. */
  status(): unknown[] {
    const agent = this.stage.state.agents.registered.get(this.agentId);
    return [agent?.active, agent?.deactivated, agent?.drainInfo?.state];
  }

  /** The one task ends and its framework acknowledges that. */
  endTask(framework: { id: string; streamId: string }): string[] {
    const ids = { frameworkId: framework.id, agentId: this.agentId, taskId: "t1" };
    this.stage.message("StatusUpdateMessage", PID, { update: updateOf(ids, "TASK_KILLED"), pid: PID });
    const lines = this.stage.call(
      {
        type: "ACKNOWLEDGE",
        framework_id: { value: framework.id },
        acknowledge: { agent_id: { value: this.agentId }, task_id: { value: "t1" }, uuid: uuid(1) },
      },
      framework.streamId,
    );
    this.keep();
    return lines;
  }

  launchTask(): ReturnType<typeof subscribe> {
    const framework = subscribe(this.stage);
    launch(this.stage, framework, [task("t1", this.agentId)]);
    return framework;
  }
}

test("DRAIN_AGENT of an idle agent ends at once; REACTIVATE_AGENT offers it again", () => {
  const drain = new DrainStage();
  const { stage } = drain;
  subscribe(stage);
  stage.allocate();
  assert.deepEqual(drain.operate("drain-agent"), [
    "RESCIND on stream1 m-O0",
    `DrainSlaveMessage to ${PID}`,
    "answer 200",
  ]);
  assert.deepEqual(stage.sent("DrainSlaveMessage"), [{ config: { mark_gone: false } }]);
  assert.deepEqual(drain.status(), [false, true, "DRAINED"]);
  assert.equal(stage.state.agents.registered.get(drain.agentId)?.estimatedDrainStartTime, stage.now);
  assert.deepEqual(stage.allocate(), []);
  assert.deepEqual(drain.operate("reactivate-agent"), ["answer 200"]);
  assert.deepEqual(drain.status(), [true, false, undefined]);
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O1"]);
  assert.deepEqual([...drain.records.keys()], [`agents/${drain.agentId}`]);
});

test("DRAIN_AGENT waits until the end of every task is acknowledged", () => {
  const drain = new DrainStage();
  const framework = drain.launchTask();
  drain.operate("drain-agent");
  assert.deepEqual(drain.status(), [false, true, "DRAINING"]);
  assert.deepEqual(drain.operate("reactivate-agent"), ["answer 400: Agent is still in the DRAINING state"]);
  drain.endTask(framework);
  assert.deepEqual(drain.status(), [false, true, "DRAINED"]);
});

test("DRAIN_AGENT with mark_gone ends with the agent gone", () => {
  const drain = new DrainStage();
  const { stage } = drain;
  const framework = drain.launchTask();
  drain.operate("drain-agent", drain.agentId, true);
  const lines = drain.endTask(framework);
  assert.ok(lines.includes(`ShutdownMessage to ${PID}`));
  assert.deepEqual([...stage.state.agents.gone.keys()], [drain.agentId]);
  assert.deepEqual([...drain.records.keys()], [`gone/${drain.agentId}`]);
});

test("a framework that is torn down does not hold up a drain", () => {
  const drain = new DrainStage();
  const { stage } = drain;
  const framework = drain.launchTask();
  drain.operate("drain-agent");
  stage.call({ type: "TEARDOWN", framework_id: { value: framework.id } }, framework.streamId);
  assert.deepEqual(drain.status(), [false, true, "DRAINED"]);
});

test("DEACTIVATE_AGENT stops offers and nothing else, also across a reconnection", () => {
  const drain = new DrainStage();
  const { stage } = drain;
  subscribe(stage);
  stage.allocate();
  assert.deepEqual(drain.operate("deactivate-agent"), ["RESCIND on stream1 m-O0", "answer 200"]);
  assert.deepEqual(drain.status(), [false, true, undefined]);
  stage.take({ type: "exited", pid: PID });
  stage.message("ReregisterSlaveMessage", PID, self(drain.agentId));
  assert.deepEqual(drain.status(), [false, true, undefined]);
  assert.deepEqual(stage.allocate(), []);
  stage.take({ type: "exited", pid: PID });
  assert.deepEqual(drain.operate("reactivate-agent"), ["answer 200"]);
  assert.deepEqual(stage.allocate(), [], "not before it is back");
  stage.message("ReregisterSlaveMessage", PID, self(drain.agentId));
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O1"]);
});

const REFUSALS: readonly [type: DrainingInput["type"], agentId: string, words: string][] = [
  ["drain-agent", "nobody", "400: Unknown agent"],
  ["deactivate-agent", "nobody", "400: Unknown agent"],
  ["reactivate-agent", "nobody", "400: Agent is not deactivated"],
  ["reactivate-agent", "m-S0", "400: Agent is not deactivated"],
  ["drain-agent", "m-S1", "400: Agent m-S1 is not capable of draining"],
  ["drain-agent", "m-S2", "409: Agent is currently being marked gone"],
  ["deactivate-agent", "m-S2", "409: Agent is currently being marked gone"],
  ["reactivate-agent", "m-S3", "409: Agent is currently being marked gone"],
];

for (const [type, agentId, words] of REFUSALS) {
  test(`${type} of ${agentId} is refused: ${words}`, () => {
    const drain = new DrainStage();
    const { stage } = drain;
    registerAgent(stage, "slave(2)@127.0.0.1:5052");
    stage.message("RegisterSlaveMessage", "slave(3)@127.0.0.1:5053", self());
    stage.message("RegisterSlaveMessage", "slave(4)@127.0.0.1:5054", self());
    drain.operate("deactivate-agent", "m-S3");
    for (const gone of ["m-S2", "m-S3"]) {
      step(stage.state, { type: "mark-agent-gone", request: 1, agentId: gone }, stage.now);
    }
    assert.deepEqual(drain.operate(type, agentId), [`answer ${words}`]);
  });
}

test("DRAIN_AGENT is refused for an agent whose machine is on the maintenance schedule", () => {
  const drain = new DrainStage();
  const { stage } = drain;
  const machine_ids = [{ hostname: "HOST", ip: "127.0.0.1" }];
  const schedule = { windows: [{ machine_ids, unavailability: { start: { nanoseconds: 1 } } }] };
  stage.take({ type: "update-maintenance-schedule", request: 1, schedule });
  assert.deepEqual(drain.operate("drain-agent"), [
    "answer 400: Agent m-S0 is part of a maintenance schedule under Machine HOST (127.0.0.1)",
  ]);
});

test("a draining agent that comes back with its task is told again and drains then", () => {
  const drain = new DrainStage();
  const { stage } = drain;
  const framework = subscribe(stage, { checkpoint: true });
  launch(stage, framework, [task("t1", drain.agentId)]);
  const [running] = stage.state.agents.registered.get(drain.agentId)?.tasks.get(framework.id)?.values() ?? [];
  assert.ok(running !== undefined);
  stage.take({ type: "exited", pid: PID });
  assert.deepEqual(drain.operate("drain-agent"), [`DrainSlaveMessage to ${PID}`, "answer 200"]);
  const back = {
    ...self(drain.agentId),
    tasks: [{ ...running }],
    frameworks: [{ ...framework.info, id: { value: framework.id } }],
  };
  const lines = stage.message("ReregisterSlaveMessage", PID, back);
  assert.ok(lines.includes(`DrainSlaveMessage to ${PID}`));
  assert.deepEqual(drain.status(), [false, true, "DRAINING"]);
  drain.endTask(framework);
  assert.deepEqual(drain.status(), [false, true, "DRAINED"]);
});

test("an unreachable agent can be drained, and hears of it when it is back", () => {
  const drain = new DrainStage();
  const { stage } = drain;
  const { agentId } = drain;
  const { state } = stage;
  stage.take({ type: "exited", pid: PID });
  stage.take({ type: "timer", timer: "agent-reregister", agentId, reregisteredTime: 0 });
  drain.keep();
  assert.ok(state.agents.unreachable.has(agentId));
  assert.deepEqual(drain.operate("drain-agent"), ["answer 200"]);
  const lines = stage.message("ReregisterSlaveMessage", PID, self(agentId));
  drain.keep();
  assert.ok(lines.includes(`DrainSlaveMessage to ${PID}`));
  assert.deepEqual(drain.status(), [false, true, "DRAINED"]);
  assert.deepEqual([...drain.records.keys()].toSorted(), [
    `agents/${agentId}`,
    `deactivated/${agentId}`,
    `draining/${agentId}`,
  ]);
});

test("a new master keeps agents drained and deactivated", () => {
  const drain = new DrainStage();
  drain.operate("drain-agent");
  const next = new Stage();
  next.take({ type: "recovered", registry: decodeRegistry(drain.records) });
  assert.equal(next.state.agents.recovered.get(drain.agentId)?.drainInfo?.state, "DRAINED");
  const lines = next.message("ReregisterSlaveMessage", PID, self(drain.agentId));
  assert.ok(lines.includes(`DrainSlaveMessage to ${PID}`));
  subscribe(next);
  assert.deepEqual(next.allocate(), []);
  const reactivate = { type: "reactivate-agent", request: 1, agentId: drain.agentId } as const;
  assert.deepEqual(next.take(reactivate), ["answer 200"]);
  assert.deepEqual(next.allocate(), ["OFFERS on stream1 m-O0"]);
});

for (const pending of [true, false]) {
  const what = pending ? "has an operation to end is not gone" : "has none is gone";
  test(`an agent that comes back to be marked gone, and then says that it ${what}`, () => {
    const drain = new DrainStage();
    const { stage, agentId } = drain;
    drain.launchTask();
    drain.operate("drain-agent", agentId, true);
    stage.take({ type: "exited", pid: PID });
    stage.take({ type: "timer", timer: "agent-reregister", agentId, reregisteredTime: 0 });
    drain.keep();
    const back = self(agentId);
    const capabilities = [...(back.agent_capabilities ?? []), { type: "RESOURCE_PROVIDER" } as const];
    stage.message("ReregisterSlaveMessage", PID, { ...back, agent_capabilities: capabilities });
    drain.keep();
    // Whatever has the drain looked at before it has named its operations.
    drain.operate("deactivate-agent");
    const other = subscribe(stage);
    stage.call({ type: "TEARDOWN", framework_id: { value: other.id } }, other.streamId);
    drain.keep();
    assert.deepEqual(drain.status(), [false, true, "DRAINING"]);
    const operation: Operation = {
      info: { type: "RESERVE", reserve: { resources: [{ ...scalar("cpus", 1), role: "r" }] } },
      latest_status: { state: "OPERATION_PENDING" },
      uuid: { value: uuid(5) },
    };
    stage.message("UpdateSlaveMessage", PID, {
      agent_id: { value: agentId },
      update_oversubscribed_resources: false,
      operations: { operations: pending ? [operation] : [] },
      resource_version_uuid: { value: uuid(7) },
    });
    drain.keep();
    assert.equal(stage.state.agents.gone.has(agentId), !pending);
  });
}

test("REACTIVATE_AGENT of an agent that is away says so, and holds", () => {
  const drain = new DrainStage();
  drain.operate("deactivate-agent");
  const next = new Stage();
  next.take({ type: "recovered", registry: decodeRegistry(drain.records) });
  const reactivate = { type: "reactivate-agent", request: 1, agentId: drain.agentId } as const;
  assert.deepEqual(next.take(reactivate), ["answer 409: Agent removed while processing the call"]);
  assert.equal(next.state.agents.recovered.get(drain.agentId)?.deactivated, false);
});

test("DRAIN_AGENT while it is being written does not lose a deactivation that comes meanwhile", () => {
  const drain = new DrainStage();
  const { stage } = drain;
  const { agentId, records } = drain;
  const inputs: DrainingInput[] = [
    { type: "drain-agent", request: 1, agentId, config: { mark_gone: false } },
    { type: "deactivate-agent", request: 2, agentId },
  ];
  for (const input of inputs) {
    stage.effects = step(stage.state, input, stage.now);
    drain.keep();
  }
  const [slave] = decodeRegistry(records).slaves?.slaves ?? [];
  assert.equal(slave?.deactivated, true);
  assert.equal(slave.drain_info?.state, "DRAINING");
});

test("DEACTIVATE_AGENT while an agent is marked gone leaves nothing of it in the registry", () => {
  const drain = new DrainStage();
  const { stage, agentId, records } = drain;
  const lines = stage.take(
    { type: "mark-agent-gone", request: 1, agentId },
    { type: "deactivate-agent", request: 2, agentId },
  );
  drain.keep();
  assert.deepEqual(
    lines.filter((line) => line.startsWith("answer")),
    ["answer 409: Agent is currently being marked gone", "answer 200"],
  );
  assert.deepEqual([...records.keys()], [`gone/${agentId}`]);
});

test("REACTIVATE_AGENT while a second DRAIN_AGENT is written has the last word in the registry, too", () => {
  const drain = new DrainStage();
  const { stage, agentId, records } = drain;
  drain.operate("drain-agent");
  stage.take(
    { type: "drain-agent", request: 1, agentId, config: { mark_gone: false } },
    { type: "reactivate-agent", request: 2, agentId },
  );
  drain.keep();
  assert.deepEqual(drain.status(), [true, false, undefined]);
  assert.deepEqual([...records.keys()], [`agents/${agentId}`]);
});

test("a drain that another call overtakes ends as soon as both are written", () => {
  const drain = new DrainStage();
  const { stage, agentId } = drain;
  stage.take(
    { type: "drain-agent", request: 1, agentId, config: { mark_gone: false } },
    { type: "deactivate-agent", request: 2, agentId },
  );
  assert.deepEqual(drain.status(), [false, true, "DRAINED"]);
  assert.equal(stage.state.agents.drainChanges.size, 0);
});
