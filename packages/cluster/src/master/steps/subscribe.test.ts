// How frameworks come, fail over and leave, over HTTP and by driver.
import assert from "node:assert/strict";
import { test } from "node:test";
import { registerAgent, subscribe } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const framework_info = {
  user: "u",
  name: "fw",
  roles: ["r"],
  capabilities: [{ type: "MULTI_ROLE" as const }],
};

test("subscribeHttp() gives a new framework an id and a stream", () => {
  const stage = new Stage();
  assert.deepEqual(stage.call({ type: "SUBSCRIBE", subscribe: { framework_info } }), [
    "open-stream stream1",
    "SUBSCRIBED on stream1",
    "HEARTBEAT on stream1",
  ]);
  assert.equal(stage.state.frameworks.byStream.get("stream1"), "m-0000");
  assert.deepEqual([...(stage.state.roles.get("r") ?? [])], ["m-0000"]);
});

test("subscribeHttp() refuses with ERROR on a stream that ends", () => {
  const stage = new Stage();
  const lines = stage.call({
    type: "SUBSCRIBE",
    subscribe: { framework_info, suppressed_roles: ["other"] },
  });
  assert.deepEqual(lines, [
    "open-stream stream1",
    "ERROR on stream1 Suppressed roles { other } are not contained in the set of roles",
    "close-stream stream1",
  ]);
  assert.equal(stage.state.frameworks.registered.size, 0);
});

test("subscribeHttp() moves a framework to its new stream and takes its offers back", () => {
  const stage = new Stage();
  registerAgent(stage);
  const { id, info } = subscribe(stage);
  stage.allocate();
  assert.equal(stage.state.offers.size, 1);
  const lines = stage.call({
    type: "SUBSCRIBE",
    framework_id: { value: id },
    subscribe: { framework_info: { ...info, id: { value: id } } },
  });
  assert.deepEqual(lines, [
    "open-stream stream2",
    "ERROR on stream1 Framework failed over",
    "close-stream stream1",
    "SUBSCRIBED on stream2",
    "HEARTBEAT on stream2",
    "UpdateFrameworkMessage to slave(1)@127.0.0.1:5051",
  ]);
  assert.equal(stage.state.offers.size, 0);
});

test("streamClosed() gives a framework its failover timeout, and then ends it", () => {
  const stage = new Stage();
  registerAgent(stage);
  const { id, streamId } = subscribe(stage, { failover_timeout: 10 });
  stage.take({ type: "stream-closed", streamId });
  const timer = stage.effects.find((effect) => effect.type === "set-timer");
  assert.ok(timer?.type === "set-timer");
  assert.equal(timer.delayMs, 10_000);
  assert.deepEqual(stage.take({ type: "timer", ...timer.input }), [
    "ShutdownFrameworkMessage to slave(1)@127.0.0.1:5051",
  ]);
  assert.ok(stage.state.frameworks.completed.has(id));
});

test("schedulerCall() turns away calls in Mesos' words", () => {
  const stage = new Stage();
  const { id, streamId } = subscribe(stage);
  const framework_id = { value: id };
  const cases: [string, () => string[]][] = [
    ["answer 400: Failed to validate scheduler::Call: Expecting 'type' to be present", () => stage.call({})],
    [
      "answer 400: Failed to validate scheduler::Call: Expecting 'framework_id' to be present",
      () => stage.call({ type: "REVIVE" }),
    ],
    [
      "answer 400: Framework cannot be found",
      () => stage.call({ type: "REVIVE", framework_id: { value: "x" } }, streamId),
    ],
    [
      "answer 400: All non-subscribe calls should include the 'Mesos-Stream-Id' header",
      () => stage.call({ type: "REVIVE", framework_id }),
    ],
    [
      `answer 400: The stream ID 'x' included in this request didn't match the stream ID currently associated with framework ID ${id}`,
      () => stage.call({ type: "REVIVE", framework_id }, "x"),
    ],
    ["answer 202", () => stage.call({ type: "REVIVE", framework_id }, streamId)],
  ];
  for (const [expected, act] of cases) assert.deepEqual(act(), [expected]);
  stage.take({ type: "stream-closed", streamId });
  assert.deepEqual(stage.call({ type: "REVIVE", framework_id }, streamId), [
    "answer 403: Framework is not subscribed",
  ]);
});

test("subscribeDriver() speaks the older messages", () => {
  const stage = new Stage();
  const from = "scheduler(1)@127.0.0.1:9";
  const body = { framework: framework_info };
  assert.deepEqual(stage.message("RegisterFrameworkMessage", from, body), [
    `FrameworkRegisteredMessage to ${from}`,
  ]);
  registerAgent(stage);
  assert.deepEqual(stage.allocate(), [`ResourceOffersMessage to ${from}`]);
  const framework = { ...framework_info, id: { value: "m-0000" } };
  assert.deepEqual(
    stage.message("ReregisterFrameworkMessage", "scheduler(2)@127.0.0.1:9", { framework, failover: false }),
    ["FrameworkErrorMessage to scheduler(2)@127.0.0.1:9"],
  );
  assert.deepEqual(
    stage.message("ReregisterFrameworkMessage", "scheduler(2)@127.0.0.1:9", { framework, failover: true }),
    [
      `FrameworkErrorMessage to ${from}`,
      "FrameworkRegisteredMessage to scheduler(2)@127.0.0.1:9",
      "UpdateFrameworkMessage to slave(1)@127.0.0.1:5051",
    ],
  );
});
