// Updates, acknowledgements, kills and reconciliation of tasks, up to the end of their framework.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, registerAgent, subscribe, task, updateOf, uuid } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const AGENT = "slave(1)@127.0.0.1:5051";

/** A stage on which one task has been launched. */
function running(capabilities: ("MULTI_ROLE" | "PARTITION_AWARE")[] = ["MULTI_ROLE"]) {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage, {
    capabilities: capabilities.map((type) => ({ type })),
    failover_timeout: 60,
  });
  launch(stage, framework, [task("t", agentId)]);
  const ids = { frameworkId: framework.id, agentId, taskId: "t" };
  return { stage, agentId, framework, framework_id: { value: framework.id }, ids };
}

test("statusUpdate() forwards an update with its uuid, acknowledge() passes the answer on", () => {
  const { stage, agentId, framework, framework_id, ids } = running();
  const update = updateOf(ids, "TASK_RUNNING");
  assert.deepEqual(stage.message("StatusUpdateMessage", AGENT, { update, pid: AGENT }), [
    "UPDATE on stream1 t TASK_RUNNING",
  ]);
  const event = stage.effects.find((effect) => effect.type === "send-event");
  assert.equal(event?.type === "send-event" ? event.event.update?.status.uuid : "", uuid(1));
  const acknowledge = { agent_id: { value: agentId }, task_id: { value: "t" }, uuid: uuid(1) };
  assert.deepEqual(stage.call({ type: "ACKNOWLEDGE", framework_id, acknowledge }, framework.streamId), [
    `StatusUpdateAcknowledgementMessage to ${AGENT}`,
    "answer 202",
  ]);
});

test("acknowledge() of the end completes a task, whose resources were free before", () => {
  const { stage, agentId, framework, framework_id, ids } = running();
  stage.message("StatusUpdateMessage", AGENT, { update: updateOf(ids, "TASK_FINISHED", 2), pid: AGENT });
  const record = stage.state.frameworks.registered.get(framework.id);
  assert.equal(record?.tasks.size, 1);
  assert.deepEqual(record?.totalUsedResources, []);
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O1"]);
  const wrong = { agent_id: { value: agentId }, task_id: { value: "t" }, uuid: uuid(3) };
  stage.call({ type: "ACKNOWLEDGE", framework_id, acknowledge: wrong }, framework.streamId);
  assert.equal(record?.tasks.size, 1);
  const acknowledge = { ...wrong, uuid: uuid(2) };
  stage.call({ type: "ACKNOWLEDGE", framework_id, acknowledge }, framework.streamId);
  assert.equal(record?.tasks.size, 0);
  assert.deepEqual(
    record?.completedTasks.map(({ state }) => state),
    ["TASK_FINISHED"],
  );
});

test("statusUpdate() never leaves a terminal state and counts it once", () => {
  const { stage, ids } = running();
  stage.message("StatusUpdateMessage", AGENT, { update: updateOf(ids, "TASK_FAILED", 2), pid: AGENT });
  stage.message("StatusUpdateMessage", AGENT, { update: updateOf(ids, "TASK_FAILED", 2), pid: AGENT });
  stage.message("StatusUpdateMessage", AGENT, { update: updateOf(ids, "TASK_RUNNING", 3), pid: AGENT });
  const [record] = stage.state.frameworks.registered.values();
  assert.equal(record?.tasks.get("t")?.state, "TASK_FAILED");
  assert.equal(stage.state.counters.tasks_failed, 1);
});

test("statusUpdate() drops what comes from an unknown agent or without a UUID", () => {
  const { stage, ids } = running();
  const update = updateOf({ ...ids, agentId: "nobody" }, "TASK_RUNNING");
  assert.deepEqual(stage.message("StatusUpdateMessage", AGENT, { update }), []);
  const bare = { ...updateOf(ids, "TASK_RUNNING"), uuid: "AAAA" };
  assert.deepEqual(stage.message("StatusUpdateMessage", AGENT, { update: bare }), []);
  assert.equal(stage.state.counters.invalid_status_updates, 2);
});

test("killTask() passes the kill on, or says what is known of the task", () => {
  const { stage, framework, framework_id } = running(["MULTI_ROLE", "PARTITION_AWARE"]);
  assert.deepEqual(
    stage.call({ type: "KILL", framework_id, kill: { task_id: { value: "t" } } }, framework.streamId),
    [`KillTaskMessage to ${AGENT}`, "answer 202"],
  );
  assert.deepEqual(
    stage.call({ type: "KILL", framework_id, kill: { task_id: { value: "x" } } }, framework.streamId),
    ["UPDATE on stream1 x TASK_UNKNOWN REASON_RECONCILIATION Reconciliation: Task is unknown", "answer 202"],
  );
});

test("reconcileTasks() answers by where the agent stands", () => {
  const { stage, agentId, framework, framework_id } = running(["MULTI_ROLE", "PARTITION_AWARE"]);
  const ask = (taskId: string, agent?: string): string =>
    stage.call(
      {
        type: "RECONCILE",
        framework_id,
        reconcile: {
          tasks: [
            { task_id: { value: taskId }, ...(agent === undefined ? {} : { agent_id: { value: agent } }) },
          ],
        },
      },
      framework.streamId,
    )[0] ?? "";
  assert.match(ask("t"), /t TASK_STAGING .*Latest task state$/);
  assert.match(ask("x", agentId), /x TASK_GONE .*Task is unknown to the agent$/);
  assert.match(ask("x", "nobody"), /x TASK_UNKNOWN /);
  stage.take({ type: "mark-agent-gone", request: 1, agentId });
  assert.match(ask("x", agentId), /x TASK_GONE_BY_OPERATOR /);
});

test("teardown() ends tasks, agents' frameworks and the stream", () => {
  const { stage, framework, framework_id } = running();
  assert.deepEqual(stage.call({ type: "TEARDOWN", framework_id }, framework.streamId), [
    `ShutdownFrameworkMessage to ${AGENT}`,
    "close-stream stream1",
    "answer 202",
  ]);
  const completed = stage.state.frameworks.completed.get(framework.id);
  assert.deepEqual(
    completed?.completedTasks.map(({ state }) => state),
    ["TASK_KILLED"],
  );
  assert.equal(stage.state.roles.size, 0);
});

test("messages between scheduler and executor pass through", () => {
  const { stage, agentId, framework, framework_id } = running();
  const agent_id = { value: agentId };
  const executor_id = { value: "e" };
  assert.deepEqual(
    stage.call(
      { type: "MESSAGE", framework_id, message: { agent_id, executor_id, data: "aGk=" } },
      framework.streamId,
    ),
    [`FrameworkToExecutorMessage to ${AGENT}`, "answer 202"],
  );
  assert.deepEqual(
    stage.message("ExecutorToFrameworkMessage", AGENT, { agent_id, framework_id, executor_id, data: "aGk=" }),
    ["MESSAGE on stream1"],
  );
});

test("statusUpdate() tells an agent again that a framework has ended, once it repeats itself", () => {
  const { stage, framework, framework_id, ids } = running();
  stage.call({ type: "TEARDOWN", framework_id }, framework.streamId);
  const late = { update: updateOf(ids, "TASK_KILLED"), pid: AGENT };
  assert.deepEqual(stage.message("StatusUpdateMessage", AGENT, late), []);
  assert.deepEqual(stage.message("StatusUpdateMessage", AGENT, late), [
    `ShutdownFrameworkMessage to ${AGENT}`,
  ]);
});
