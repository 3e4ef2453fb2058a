// Inverse offers as frameworks get and answer them, and as they end.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { InverseOffer } from "@mezzo/wire";
import { maintenanceStatus } from "../../api/read/maintenance.ts";
import { launch, registerAgent, subscribe, task } from "../../testing/cast.ts";
import { Stage } from "../../testing/stage.ts";

const PID = "slave(1)@127.0.0.1:5051";
const ID = { hostname: "host", ip: "127.0.0.1" };

function plan(stage: Stage, startSeconds = 3600): string[] {
  const unavailability = { start: { nanoseconds: startSeconds * 1e9 } };
  const schedule = { windows: [{ machine_ids: [ID], unavailability }] };
  return stage.take({ type: "update-maintenance-schedule", request: 7, schedule });
}

/** A framework with a task on an agent whose maintenance is planned; nothing else is offered to it. */
function asked(stage: Stage): { agentId: string; framework: ReturnType<typeof subscribe> } {
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  launch(stage, framework, [task("t1", agentId)]);
  stage.call({ type: "SUPPRESS", framework_id: { value: framework.id }, suppress: {} }, framework.streamId);
  plan(stage);
  stage.allocate();
  return { agentId, framework };
}

/** The inverse offers that the last input sent. */
function sent(stage: Stage): InverseOffer[] {
  return stage.effects.flatMap((effect) =>
    effect.type === "send-event" ? (effect.event.inverse_offers?.inverse_offers ?? []) : [],
  );
}

function answer(
  stage: Stage,
  framework: { id: string; streamId: string },
  call: { accept?: boolean; ids: string[]; refuseSeconds?: number },
): string[] {
  const { ids, refuseSeconds } = call;
  const body = {
    inverse_offer_ids: ids.map((value) => ({ value })),
    ...(refuseSeconds === undefined ? {} : { filters: { refuse_seconds: refuseSeconds } }),
  };
  const framework_id = { value: framework.id };
  return stage.call(
    call.accept === true
      ? { type: "ACCEPT_INVERSE_OFFERS", framework_id, accept_inverse_offers: body }
      : { type: "DECLINE_INVERSE_OFFERS", framework_id, decline_inverse_offers: body },
    framework.streamId,
  );
}

test("a framework with tasks on a planned machine gets an inverse offer", () => {
  const stage = new Stage();
  const { agentId, framework } = asked(stage);
  assert.deepEqual(sent(stage), [
    {
      id: { value: "m-O1" },
      url: {
        scheme: "http",
        address: { hostname: "host", ip: "127.0.0.1", port: 5051 },
        path: "/slave(1)",
      },
      framework_id: { value: framework.id },
      agent_id: { value: agentId },
      unavailability: { start: { nanoseconds: 3600e9 } },
    },
  ]);
  assert.deepEqual(maintenanceStatus(stage.state), { draining_machines: [{ id: ID }] });
});

test("ACCEPT_INVERSE_OFFERS and DECLINE_INVERSE_OFFERS show in the status and are asked again", () => {
  const stage = new Stage();
  const { framework } = asked(stage);
  const statuses = (): unknown[] =>
    (maintenanceStatus(stage.state).draining_machines?.[0]?.statuses ?? []).map((one) => [
      one.status,
      one.framework_id.value,
      one.timestamp.nanoseconds / 1e6,
    ]);
  assert.deepEqual(answer(stage, framework, { ids: ["m-O1"], refuseSeconds: 0 }), ["answer 202"]);
  assert.deepEqual(statuses(), [["DECLINE", framework.id, stage.now]]);
  assert.deepEqual(stage.allocate(), []);
  stage.now += 1000;
  stage.allocate();
  const [again] = sent(stage);
  assert.ok(again !== undefined);
  answer(stage, framework, { ids: [again.id.value], accept: true });
  assert.deepEqual(statuses(), [["ACCEPT", framework.id, stage.now]]);
  stage.now += 4999;
  assert.deepEqual(stage.allocate(), []);
  stage.now += 1;
  assert.equal(stage.allocate().length, 1);
});

test("answers to what is over, or was asked of others, change nothing", () => {
  const stage = new Stage();
  asked(stage);
  const other = subscribe(stage);
  for (const ids of [["m-O1"], ["nonsense"], []]) {
    for (const accept of [true, false]) {
      assert.deepEqual(answer(stage, other, { ids, accept }), ["answer 202"]);
    }
  }
  assert.equal(stage.state.inverseOffers.byId.size, 1);
  assert.deepEqual(maintenanceStatus(stage.state), { draining_machines: [{ id: ID }] });
});

test("a new plan rescinds the inverse offer", () => {
  const stage = new Stage();
  asked(stage);
  assert.deepEqual(plan(stage, 7200), ["RESCIND_INVERSE_OFFER on stream1", "answer 200"]);
  stage.allocate();
  assert.equal(sent(stage)[0]?.unavailability.start.nanoseconds, 7200e9);
});

test("inverse offers end with the agent, its connection and the framework's", () => {
  const stage = new Stage();
  const { agentId, framework } = asked(stage);
  const { inverseOffers } = stage.state;
  assert.deepEqual(stage.take({ type: "exited", pid: PID }).slice(0, 1), [
    "RESCIND_INVERSE_OFFER on stream1",
  ]);
  assert.deepEqual([...inverseOffers.byId.keys()], []);
  assert.deepEqual([...inverseOffers.byAgent.keys(), ...inverseOffers.byFramework.keys()], []);
  plan(stage);
  assert.deepEqual(stage.allocate(), [], "a disconnected agent is not asked about");

  const second = new Stage();
  const there = asked(second);
  second.take({ type: "stream-closed", streamId: there.framework.streamId });
  assert.equal(second.state.inverseOffers.byId.size, 0);
  second.now += 1000;
  assert.deepEqual(second.allocate(), []);

  const third = new Stage();
  asked(third);
  third.message("UnregisterSlaveMessage", PID, { agent_id: { value: agentId } });
  assert.equal(third.state.inverseOffers.byId.size, 0);
  assert.equal(third.state.allocator.maintenance.agents.size, 0);
  assert.equal(framework.id, there.framework.id);
});

test("a scheduler that fails over is asked anew", () => {
  const stage = new Stage();
  const { framework } = asked(stage);
  const id = { value: framework.id };
  stage.call({
    type: "SUBSCRIBE",
    framework_id: id,
    subscribe: { framework_info: { ...framework.info, id }, suppressed_roles: ["r"] },
  });
  assert.equal(stage.state.inverseOffers.byId.size, 0);
  stage.now += 1000;
  assert.deepEqual(stage.allocate(), ["INVERSE_OFFERS on stream2"]);
});

test("--offer_timeout holds for inverse offers", () => {
  const stage = new Stage({ offerTimeout: 30_000 });
  asked(stage);
  const timer = stage.effects.find(
    (effect) => effect.type === "set-timer" && effect.key === "offer-timeout/m-O1",
  );
  assert.ok(timer?.type === "set-timer");
  assert.equal(timer.delayMs, 30_000);
  assert.deepEqual(stage.take({ type: "timer", ...timer.input }), ["RESCIND_INVERSE_OFFER on stream1"]);
  stage.now += 1000;
  assert.deepEqual(stage.allocate(), ["INVERSE_OFFERS on stream1"]);
});

test("drivers hear of inverse offers by messages", () => {
  const stage = new Stage();
  registerAgent(stage);
  const from = "scheduler@127.0.0.1:9000";
  stage.take({
    type: "driver-call",
    from,
    call: { type: "SUBSCRIBE", subscribe: { framework_info: { user: "u", name: "n" } } },
  });
  plan(stage);
  assert.deepEqual(stage.allocate(), [`ResourceOffersMessage to ${from}`, `InverseOffersMessage to ${from}`]);
  assert.deepEqual(stage.sent("InverseOffersMessage")[0]?.pids, [PID]);
  assert.deepEqual(plan(stage, 7200), [
    `RescindResourceOfferMessage to ${from}`,
    `RescindInverseOfferMessage to ${from}`,
    "answer 200",
  ]);
});
