// What a scheduler hears that asks about its tasks. Scenarios that Mesos tests, too; see docs/checklists/master-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AGENT, AWARE, acknowledge, launched, reconcile, running, statuses, tell } from "../testing/play.ts";

test("an older framework hears TASK_LOST of a task that the agent does not know, a newer one TASK_GONE", () => {
  for (const [info, state] of [
    [{}, "TASK_LOST"],
    [AWARE, "TASK_GONE"],
  ] as const) {
    const play = running({ info });
    const [status] = reconcile(play, [{ taskId: "x", agentId: play.agentId }]);
    assert.deepEqual([status?.state, status?.reason], [state, "REASON_RECONCILIATION"]);
    assert.equal(status?.unreachable_time, undefined);
  }
});

test("killing a task that nobody knows is answered as a question about it", () => {
  const { stage, id, streamId } = running();
  const call = { type: "KILL", framework_id: { value: id }, kill: { task_id: { value: "x" } } } as const;
  stage.call(call, streamId);
  const [status] = statuses(stage);
  assert.deepEqual([status?.state, status?.reason], ["TASK_LOST", "REASON_RECONCILIATION"]);
});

test("a task that runs is told with its state, whatever the scheduler believes, and when it asks about all", () => {
  const play = running();
  const asked = [[{ taskId: "t", agentId: play.agentId }], [{ taskId: "t" }], []];
  for (const tasks of asked) {
    assert.deepEqual(
      reconcile(play, tasks).map(({ task_id, state, reason, uuid }) => [task_id.value, state, reason, uuid]),
      [["t", "TASK_RUNNING", "REASON_RECONCILIATION", undefined]],
    );
  }
});

test("a task whose end was acknowledged is not told of any more", () => {
  const play = launched();
  tell(play, "TASK_FINISHED");
  assert.equal(reconcile(play, []).length, 1);
  acknowledge(play);
  assert.deepEqual(reconcile(play, []), []);
});

test("an agent that says goodbye still counts until the registry has let it go", () => {
  const play = running();
  const { stage, agentId, id, streamId } = play;
  const tasks = [{ task_id: { value: "x" }, agent_id: { value: agentId } }];
  stage.take(
    { type: "message", name: "UnregisterSlaveMessage", from: AGENT, body: { agent_id: { value: agentId } } },
    {
      type: "scheduler-call",
      request: 1,
      call: { type: "RECONCILE", framework_id: { value: id }, reconcile: { tasks } },
      streamId,
      uuid: "",
    },
  );
  const [first] = statuses(stage);
  assert.deepEqual([first?.task_id.value, first?.state], ["x", "TASK_LOST"]);
  assert.equal(first?.message, "Reconciliation: Task is unknown to the agent");
});
