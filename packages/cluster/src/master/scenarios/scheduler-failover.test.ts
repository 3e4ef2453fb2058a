// A scheduler goes and another one takes its place, over HTTP or with the older driver. Scenarios that Mesos tests, too; see
// docs/checklists/master-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkInfo } from "@mezzo/wire";
import { launch, registerAgent, task } from "../testing/cast.ts";
import { AGENT, launched, resubscribe, running, tell } from "../testing/play.ts";
import { shownState, shownTasks } from "../testing/shown.ts";
import { Stage } from "../testing/stage.ts";

const FIRST = "scheduler(1)@127.0.0.1:9";
const SECOND = "scheduler(2)@127.0.0.1:9";

const DRIVEN: FrameworkInfo = { user: "u", name: "driven", role: "r", principal: "p", failover_timeout: 60 };

/** A framework with the older driver; its id. */
function register(stage: Stage, framework = DRIVEN, from = FIRST): { value: string } {
  stage.message("RegisterFrameworkMessage", from, { framework });
  const [registered] = stage.sent("FrameworkRegisteredMessage");
  assert.ok(registered !== undefined);
  return registered.framework_id;
}

/** What a driver is told in errors. */
const errors = (stage: Stage): string[] => stage.sent("FrameworkErrorMessage").map(({ message }) => message);

test("a driver that repeats its registration gets the same answer, not a second framework", () => {
  const stage = new Stage();
  const id = register(stage);
  assert.deepEqual(register(stage), id);
  assert.equal(stage.state.frameworks.registered.size, 1);
});

test("a driver that takes over repeats itself without being told that it failed over", () => {
  const stage = new Stage();
  const id = register(stage);
  const takeOver = (): string[] =>
    stage.message("ReregisterFrameworkMessage", SECOND, { framework: { ...DRIVEN, id }, failover: true });
  assert.deepEqual(takeOver(), [
    `FrameworkErrorMessage to ${FIRST}`,
    `FrameworkRegisteredMessage to ${SECOND}`,
  ]);
  assert.deepEqual(errors(stage), ["Framework failed over"]);
  assert.deepEqual(takeOver(), [`FrameworkRegisteredMessage to ${SECOND}`]);
});

test("a driver that takes a new leader for granted is registered again, and offered anew what it held", () => {
  const stage = new Stage();
  registerAgent(stage);
  const id = register(stage);
  const registeredAt = stage.now;
  assert.deepEqual(stage.allocate(), [`ResourceOffersMessage to ${FIRST}`]);
  stage.now += 2000;
  const body = { framework: { ...DRIVEN, id }, failover: false };
  assert.deepEqual(stage.message("ReregisterFrameworkMessage", FIRST, body), [
    `RescindResourceOfferMessage to ${FIRST}`,
    `FrameworkReregisteredMessage to ${FIRST}`,
    `UpdateFrameworkMessage to ${AGENT}`,
  ]);
  assert.deepEqual(stage.allocate(), [`ResourceOffersMessage to ${FIRST}`]);
  const [shown] = shownState(stage).frameworks;
  assert.equal(shown?.["active"], true);
  assert.equal(shown["connected"], true);
  assert.equal(shown["recovered"], false);
  assert.equal(shown["registered_time"], registeredAt / 1000);
  assert.equal(shown["reregistered_time"], stage.now / 1000);
});

test("a driver of a framework that has ended is told so", () => {
  const stage = new Stage();
  const id = register(stage);
  stage.message("UnregisterFrameworkMessage", FIRST, { framework_id: id });
  stage.message("ReregisterFrameworkMessage", SECOND, { framework: { ...DRIVEN, id }, failover: true });
  assert.deepEqual(errors(stage), ["Framework has been removed"]);
});

test("a driver that was replaced kills nothing", () => {
  const stage = new Stage();
  registerAgent(stage);
  const framework_id = register(stage);
  stage.allocate();
  const [offer] = stage.sent("ResourceOffersMessage")[0]?.offers ?? [];
  assert.ok(offer !== undefined);
  const tasks = [task("t", offer.agent_id.value)];
  stage.message("LaunchTasksMessage", FIRST, { framework_id, tasks, offer_ids: [offer.id], filters: {} });
  const framework = { ...DRIVEN, id: framework_id };
  stage.message("ReregisterFrameworkMessage", SECOND, { framework, failover: true });
  const kill = { framework_id, task_id: { value: "t" } };
  assert.deepEqual(stage.message("KillTaskMessage", FIRST, kill), []);
  assert.deepEqual(stage.message("KillTaskMessage", SECOND, kill), [`KillTaskMessage to ${AGENT}`]);
});

test("a stream that was replaced kills nothing", () => {
  const play = running();
  const { stage, id: value, streamId: old } = play;
  resubscribe(play);
  const kill = { type: "KILL", framework_id: { value }, kill: { task_id: { value: "t" } } } as const;
  assert.match(stage.call(kill, old)[0] ?? "", /^answer 400: The stream ID 'stream1'/);
  assert.deepEqual(stage.call(kill, play.streamId), [`KillTaskMessage to ${AGENT}`, "answer 202"]);
});

test("an update that the old scheduler did not acknowledge goes to the new one when the agent repeats it", () => {
  const play = launched();
  assert.deepEqual(tell(play, "TASK_RUNNING"), ["UPDATE on stream1 t TASK_RUNNING"]);
  assert.deepEqual(resubscribe(play).slice(0, 3), [
    "open-stream stream2",
    "ERROR on stream1 Framework failed over",
    "close-stream stream1",
  ]);
  assert.deepEqual(tell(play, "TASK_RUNNING"), ["UPDATE on stream2 t TASK_RUNNING"]);
});

test("an update for a driver that was replaced goes to the new one, which the agent is told of", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const id = register(stage);
  const framework = { ...DRIVEN, id };
  stage.message("ReregisterFrameworkMessage", SECOND, { framework, failover: true });
  assert.deepEqual(
    stage.sent("UpdateFrameworkMessage").map(({ pid }) => pid),
    [SECOND],
  );
  const play = { stage, agentId, id: id.value, streamId: "", info: framework };
  assert.deepEqual(tell(play, "TASK_RUNNING"), [`StatusUpdateMessage to ${SECOND}`]);
});

test("messages of executors go to the scheduler that took over, and its messages to them", () => {
  const executor_id = { value: "e" };
  const play = running({ task: { executor: { executor_id, command: { value: "x" } } } });
  const { stage } = play;
  resubscribe(play);
  const [agent_id, framework_id] = [{ value: play.agentId }, { value: play.id }];
  const body = { agent_id, framework_id, executor_id, data: "aGk=" };
  assert.deepEqual(stage.message("ExecutorToFrameworkMessage", AGENT, body), ["MESSAGE on stream2"]);
  const message = { agent_id, executor_id, data: "aGk=" };
  assert.deepEqual(stage.call({ type: "MESSAGE", framework_id, message }, play.streamId), [
    `FrameworkToExecutorMessage to ${AGENT}`,
    "answer 202",
  ]);
});

test("messages of executors go to the driver that took over, and its messages to them", () => {
  const stage = new Stage();
  const agent_id = { value: registerAgent(stage) };
  const framework_id = register(stage);
  const framework = { ...DRIVEN, id: framework_id };
  stage.message("ReregisterFrameworkMessage", SECOND, { framework, failover: true });
  const body = { agent_id, framework_id, executor_id: { value: "e" }, data: "aGk=" };
  assert.deepEqual(stage.message("ExecutorToFrameworkMessage", AGENT, body), [
    `ExecutorToFrameworkMessage to ${SECOND}`,
  ]);
  assert.deepEqual(stage.message("FrameworkToExecutorMessage", SECOND, body), [
    `FrameworkToExecutorMessage to ${AGENT}`,
  ]);
  assert.deepEqual(stage.message("FrameworkToExecutorMessage", FIRST, body), []);
});

test("a scheduler that ends its framework ends its tasks, over HTTP and as a driver", () => {
  const { stage, id, streamId } = running();
  const ended = `ShutdownFrameworkMessage to ${AGENT}`;
  assert.ok(stage.call({ type: "TEARDOWN", framework_id: { value: id } }, streamId).includes(ended));
  assert.deepEqual(shownTasks(stage), { running: [], unreachable: [], completed: ["t TASK_KILLED"] });
  const { counters } = stage.state;
  assert.equal(counters.messages_unregister_framework, 0, "which is about drivers");
  const framework_id = register(stage);
  assert.deepEqual(stage.message("UnregisterFrameworkMessage", FIRST, { framework_id }), [ended]);
  assert.equal(counters.messages_unregister_framework, 1);
});

const REFUSED = "Changing framework's principal is not allowed.";

test("a framework keeps its principal, whoever subscribes for it", () => {
  const play = running({ info: { principal: "p" } });
  const lines = resubscribe(play, { principal: "q" });
  assert.deepEqual(lines, ["open-stream stream2", `ERROR on stream2 ${REFUSED}`, "close-stream stream2"]);
  const framework = play.stage.state.frameworks.registered.get(play.id);
  assert.equal(framework?.state, "connected", "the first scheduler stays");
  const stage = new Stage();
  const id = register(stage);
  const changed = { ...DRIVEN, id, principal: "q" };
  stage.message("ReregisterFrameworkMessage", SECOND, { framework: changed, failover: true });
  assert.deepEqual(errors(stage), [REFUSED]);
});

test("a scheduler that takes over may say anew what its framework is called, can do and wants", () => {
  const stage = new Stage();
  const first: FrameworkInfo = {
    user: "u",
    name: "first",
    failover_timeout: 1000,
    labels: { labels: [{ key: "a", value: "b" }] },
  };
  const id = register(stage, first);
  const second: FrameworkInfo = {
    ...first,
    id,
    name: "second",
    failover_timeout: 100,
    webui_url: "http://localhost:8080/",
    hostname: "elsewhere",
    capabilities: [{ type: "REVOCABLE_RESOURCES" }],
    labels: { labels: [{ key: "c", value: "d" }] },
  };
  stage.message("ReregisterFrameworkMessage", SECOND, { framework: second, failover: true });
  const [shown] = shownState(stage).frameworks;
  assert.ok(shown !== undefined);
  const { name, failover_timeout, webui_url, hostname, capabilities, labels } = shown;
  assert.deepEqual([name, failover_timeout, webui_url], ["second", 100, "http://localhost:8080/"]);
  assert.deepEqual([hostname, capabilities], ["elsewhere", ["REVOCABLE_RESOURCES"]]);
  assert.deepEqual(labels, [{ key: "c", value: "d" }]);
});

test("calls of drivers are counted as Mesos counts them: all but SUBSCRIBE", () => {
  const stage = new Stage();
  registerAgent(stage);
  const framework_id = register(stage);
  stage.message("ReviveOffersMessage", FIRST, { framework_id });
  const { calls } = stage.state.frameworks.registered.get(framework_id.value)?.counters ?? {};
  assert.deepEqual([...(calls ?? [])], [["REVIVE", 1]]);
  const play = running();
  const counted = play.stage.state.frameworks.registered.get(play.id)?.counters.calls;
  assert.equal(counted?.get("SUBSCRIBE"), 1);
});

test("an update of a task that nobody knows is passed on", () => {
  const play = running();
  assert.deepEqual(tell(play, "TASK_RUNNING", { taskId: "stranger", byte: 3 }), [
    "UPDATE on stream1 stranger TASK_RUNNING",
  ]);
});

test("a task may be launched by the scheduler that took over, from an offer of its own", () => {
  const play = running();
  const { stage } = play;
  stage.now += 6000;
  resubscribe(play);
  const lines = launch(stage, { id: play.id, streamId: play.streamId }, [task("u", play.agentId)]);
  assert.ok(lines.includes(`RunTaskMessage to ${AGENT}`));
});
