// What schedulers and operators find after an end, a failover or a partition. Scenarios that Mesos tests, too; see
// docs/checklists/master-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Registry } from "@mezzo/wire";
import { launch, registerAgent, subscribe, task, updateOf, uuid } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const AGENT = "slave(1)@127.0.0.1:5051";

function subscribeAgain(stage: Stage, { id, info }: ReturnType<typeof subscribe>): string[] {
  const framework_id = { value: id };
  const subscribed = { framework_info: { ...info, id: framework_id } };
  return stage.call({ type: "SUBSCRIBE", framework_id, subscribe: subscribed });
}

const REFUSED = [
  "open-stream stream2",
  "ERROR on stream2 Framework has been removed",
  "close-stream stream2",
];

test("a framework that was torn down cannot subscribe again", () => {
  const stage = new Stage();
  const framework = subscribe(stage);
  stage.call({ type: "TEARDOWN", framework_id: { value: framework.id } }, framework.streamId);
  assert.deepEqual(subscribeAgain(stage, framework), REFUSED);
});

test("a framework that comes back after its failover timeout cannot subscribe again", () => {
  const stage = new Stage();
  const framework = subscribe(stage, { failover_timeout: 10 });
  stage.take({ type: "stream-closed", streamId: framework.streamId });
  const { id: frameworkId } = framework;
  const { reregisteredTime = 0 } = stage.state.frameworks.registered.get(frameworkId) ?? {};
  stage.take({ type: "timer", timer: "framework-failover", frameworkId, reregisteredTime });
  assert.deepEqual(subscribeAgain(stage, framework), REFUSED);
});

test("a failover timer that was set before the framework came back ends nothing", () => {
  const stage = new Stage();
  const framework = subscribe(stage, { failover_timeout: 10 });
  stage.take({ type: "stream-closed", streamId: framework.streamId });
  const { id: frameworkId } = framework;
  const { reregisteredTime = 0 } = stage.state.frameworks.registered.get(frameworkId) ?? {};
  stage.now += 1000;
  subscribeAgain(stage, framework);
  stage.take({ type: "timer", timer: "framework-failover", frameworkId, reregisteredTime });
  assert.ok(stage.state.frameworks.registered.has(frameworkId));
});

test("an end that nobody acknowledged is told by reconciliation, with and without the task's name", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  launch(stage, framework, [task("t", agentId)]);
  const framework_id = { value: framework.id };
  const update = updateOf({ frameworkId: framework.id, agentId, taskId: "t" }, "TASK_FINISHED");
  stage.message("StatusUpdateMessage", AGENT, { update, pid: AGENT });
  const told = "UPDATE on stream1 t TASK_FINISHED REASON_RECONCILIATION Reconciliation: Latest task state";
  const ask = (tasks: { task_id: { value: string } }[]): string[] =>
    stage.call({ type: "RECONCILE", framework_id, reconcile: { tasks } }, framework.streamId);
  assert.deepEqual(ask([]), [told, "answer 202"]);
  assert.deepEqual(ask([{ task_id: { value: "t" } }]), [told, "answer 202"]);
  const acknowledge = { agent_id: { value: agentId }, task_id: { value: "t" }, uuid: uuid(1) };
  stage.call({ type: "ACKNOWLEDGE", framework_id, acknowledge }, framework.streamId);
  assert.deepEqual(ask([]), ["answer 202"]);
});

test("a new master says nothing of tasks whose agent may still come back, and knows who is unreachable", () => {
  const registry: Registry = {
    slaves: { slaves: [{ info: { id: { value: "old" }, hostname: "host" } }] },
    unreachable: { slaves: [{ id: { value: "away" }, timestamp: { nanoseconds: 1 } }] },
  };
  const stage = new Stage();
  stage.take({ type: "recovered", registry });
  const framework = subscribe(stage, {
    capabilities: [{ type: "MULTI_ROLE" }, { type: "PARTITION_AWARE" }],
  });
  const ask = (agentId?: string): string[] => {
    const agent = agentId === undefined ? {} : { agent_id: { value: agentId } };
    const reconcile = { tasks: [{ task_id: { value: "t" }, ...agent }] };
    const call = { type: "RECONCILE", framework_id: { value: framework.id }, reconcile } as const;
    return stage.call(call, framework.streamId);
  };
  assert.deepEqual(ask("old"), ["answer 202"]);
  assert.deepEqual(ask(), ["answer 202"]);
  assert.match(ask("away")[0] ?? "", /t TASK_UNREACHABLE REASON_RECONCILIATION/);
});

test("the registry forgets the agents that have been unreachable longest when they are too many", () => {
  const slaves = ["a", "b", "c"].map((value, index) => ({
    id: { value },
    timestamp: { nanoseconds: (1_000_000 + index) * 1e6 },
  }));
  const stage = new Stage({ registryMaxAgentCount: 1 });
  stage.take({ type: "recovered", registry: { unreachable: { slaves } } });
  stage.take({ type: "timer", timer: "registry-gc" });
  assert.deepEqual([...stage.state.agents.unreachable.keys()], ["c"]);
});
