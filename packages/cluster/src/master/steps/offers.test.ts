// An offer's life: made, declined, filtered, rescinded, accepted in vain.
import assert from "node:assert/strict";
import { test } from "node:test";
import { registerAgent, scalar, subscribe, task } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

/** A stage with one agent and one framework that holds its offer. */
function offered(options = {}): {
  stage: Stage;
  framework_id: { value: string };
  streamId: string;
  offerId: string;
} {
  const stage = new Stage(options);
  registerAgent(stage);
  const { id, streamId } = subscribe(stage);
  stage.allocate();
  const [offerId = ""] = stage.state.offers.keys();
  return { stage, framework_id: { value: id }, streamId, offerId };
}

test("allocateOffers() offers all of an agent in one event", () => {
  const { stage, offerId } = offered();
  const event = stage.effects.find((effect) => effect.type === "send-event");
  assert.ok(event?.type === "send-event");
  const [offer] = event.event.offers?.offers ?? [];
  assert.equal(offer?.id.value, offerId);
  assert.deepEqual(offer?.resources, [
    { name: "cpus", type: "SCALAR", scalar: { value: 4 }, role: "*", allocation_info: { role: "r" } },
    { name: "mem", type: "SCALAR", scalar: { value: 1024 }, role: "*", allocation_info: { role: "r" } },
  ]);
  assert.deepEqual(offer.url, {
    scheme: "http",
    address: { hostname: "host", ip: "127.0.0.1", port: 5051 },
    path: "/slave(1)",
  });
});

test("an offer names attributes and executors of the agent where it has some", () => {
  const { stage } = offered();
  const shown = (): unknown[] =>
    [...stage.state.offers.values()].map(({ offer }) => ["attributes" in offer, "executor_ids" in offer]);
  assert.deepEqual(shown(), [[false, false]]);
  stage.message("RegisterSlaveMessage", "slave(1)@127.0.0.2:5051", {
    agent: {
      hostname: "rich",
      port: 5051,
      resources: [scalar("cpus", 2), scalar("mem", 64)],
      attributes: [{ name: "rack", type: "TEXT", text: { value: "a" } }],
    },
    version: "1.11.0",
    agent_capabilities: [{ type: "MULTI_ROLE" }],
  });
  stage.allocate();
  assert.deepEqual(shown(), [
    [false, false],
    [true, false],
  ]);
});

test("declineOffers() keeps the resources away for as long as the filter says", () => {
  const { stage, framework_id, streamId, offerId } = offered();
  const decline = { offer_ids: [{ value: offerId }], filters: { refuse_seconds: 10 } };
  assert.deepEqual(stage.call({ type: "DECLINE", framework_id, decline }, streamId), ["answer 202"]);
  assert.deepEqual(stage.allocate(), []);
  stage.now += 10_001;
  assert.deepEqual(stage.allocate(), [`OFFERS on ${streamId} m-O1`]);
});

test("reviveOffers() forgets filters, suppressOffers() stops offers", () => {
  const { stage, framework_id, streamId, offerId } = offered();
  stage.call(
    {
      type: "DECLINE",
      framework_id,
      decline: { offer_ids: [{ value: offerId }], filters: { refuse_seconds: 1e6 } },
    },
    streamId,
  );
  stage.call({ type: "SUPPRESS", framework_id }, streamId);
  stage.call({ type: "REVIVE", framework_id, revive: { roles: ["r"] } }, streamId);
  assert.deepEqual(stage.allocate(), [`OFFERS on ${streamId} m-O1`]);
  stage.call({ type: "SUPPRESS", framework_id, suppress: { roles: ["r"] } }, streamId);
  stage.call({ type: "DECLINE", framework_id, decline: { offer_ids: [{ value: "m-O1" }] } }, streamId);
  stage.now += 60_000;
  assert.deepEqual(stage.allocate(), []);
});

test("offerTimer() rescinds an offer that is held too long", () => {
  const { stage, streamId, offerId } = offered({ offerTimeout: 5000 });
  const timer = stage.effects.find((effect) => effect.type === "set-timer");
  assert.ok(timer?.type === "set-timer" && timer.delayMs === 5000);
  assert.deepEqual(stage.take({ type: "timer", ...timer.input }), [`RESCIND on ${streamId} ${offerId}`]);
});

test("acceptOffers() refuses tasks on offers that are not valid", () => {
  const { stage, framework_id, streamId } = offered();
  const operations = [{ type: "LAUNCH" as const, launch: { task_infos: [task("t", "m-S0")] } }];
  const accept = { offer_ids: [{ value: "gone" }], operations };
  assert.deepEqual(stage.call({ type: "ACCEPT", framework_id, accept }, streamId), [
    `UPDATE on ${streamId} t TASK_LOST REASON_INVALID_OFFERS Task launched with invalid offers: Offer gone is no longer valid`,
    "answer 202",
  ]);
});

test("acceptOffers() does not touch the offers of another framework", () => {
  const { stage, offerId } = offered();
  const thief = subscribe(stage, { name: "thief", roles: ["q"] });
  const accept = { offer_ids: [{ value: offerId }], operations: [] };
  stage.call({ type: "ACCEPT", framework_id: { value: thief.id }, accept }, thief.streamId);
  assert.ok(stage.state.offers.has(offerId));
});

test("updateFrameworkCall() rescinds offers of roles that the framework leaves", () => {
  const { stage, framework_id, streamId, offerId } = offered();
  const info = stage.state.frameworks.registered.get(framework_id.value)?.info;
  assert.ok(info !== undefined);
  const update_framework = { framework_info: { ...info, roles: ["q"] } };
  assert.deepEqual(stage.call({ type: "UPDATE_FRAMEWORK", framework_id, update_framework }, streamId), [
    `RESCIND on ${streamId} ${offerId}`,
    "UpdateFrameworkMessage to slave(1)@127.0.0.1:5051",
    "answer 200",
  ]);
});
