// What becomes of executors whose tasks are killed, told twice, or never delivered. Scenarios that Mesos tests, too; see
// docs/checklists/agent-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AgentScript, commandTask, executorTask, FRAMEWORK, MASTER } from "../testing/agent-script.ts";
import { executorSubscribes, executorUpdates, runExecutorGroup } from "../testing/executor-script.ts";
import { Recorded } from "../testing/recorded.ts";

const ids = { framework_id: { value: FRAMEWORK }, executor_id: { value: "e1" } };

/** Launched, and not subscribed yet. */
function registering(): AgentScript {
  const agent = new AgentScript().register();
  agent.runTask(executorTask("t1", "e1"), { launch_executor: true });
  agent.launched("e1");
  return agent;
}

function running(): AgentScript {
  const agent = registering();
  executorSubscribes(agent);
  executorUpdates(agent, "t1", "TASK_RUNNING", "dTE=");
  return agent;
}

const KILLED = 'TASK_KILLED REASON_TASK_KILLED_DURING_LAUNCH "Killed before delivery to the executor"';

test("a task that waits for its executor is killed at once, and the executor is shut down when it comes", () => {
  const agent = registering();
  assert.ok(agent.kill("t1").includes(`send update t1 ${KILLED}`));
  const lines = executorSubscribes(agent);
  assert.ok(lines.includes("event SHUTDOWN"));
  assert.ok(!lines.some((line) => line.includes("LAUNCH")), "nothing is delivered");
});

test("an executor with other tasks goes on when one that waited is killed", () => {
  const agent = registering();
  agent.runTask(executorTask("t2", "e1"), { launch_executor: false });
  agent.kill("t1");
  assert.deepEqual(executorSubscribes(agent).slice(-2), ["event SUBSCRIBED", "event LAUNCH t2"]);
});

test("no task of a group is delivered once one of them was killed", () => {
  const agent = new AgentScript().register();
  runExecutorGroup(agent, ["a", "b"]);
  agent.launched("e1");
  const words = "A task within the task group was killed before delivery to the executor";
  const said = agent.kill("b").filter((line) => line.startsWith("send update"));
  assert.deepEqual(
    said,
    ["a", "b"].map((id) => `send update ${id} TASK_KILLED REASON_TASK_KILLED_DURING_LAUNCH "${words}"`),
  );
  const lines = executorSubscribes(agent);
  assert.ok(lines.includes("event SHUTDOWN") && !lines.some((line) => line.includes("LAUNCH")));
});

test("a second terminal update before the first is acknowledged changes nothing", () => {
  const agent = running();
  agent.acknowledge("t1");
  assert.ok(executorUpdates(agent, "t1", "TASK_KILLED", "dTI=").includes("send update t1 TASK_KILLED"));
  assert.deepEqual(
    executorUpdates(agent, "t1", "TASK_FAILED", "dTM="),
    ["event ACKNOWLEDGED t1"],
    "it is told that all is well",
  );
  agent.acknowledge("t1");
  assert.equal(agent.state.streams.size, 0, "nothing waits");
  assert.equal(agent.executor("e1").completedTasks.at(-1)?.state, "TASK_KILLED");
});

test("an acknowledgement from a master that does not lead is ignored", () => {
  const agent = running();
  const [pending] = [...agent.state.streams.values()].flatMap((stream) => stream.pending);
  const body = {
    agent_id: { value: "A" },
    framework_id: { value: FRAMEWORK },
    task_id: { value: "t1" },
    uuid: pending?.uuid ?? "",
  };
  const before = agent.state.streams.size;
  assert.deepEqual(agent.message("StatusUpdateAcknowledgementMessage", body, "master@10.0.0.9:5050"), []);
  assert.equal([...agent.state.streams.values()][0]?.pending.length, 1);
  assert.equal(agent.state.streams.size, before);
});

test("a re-registration says what a task is and what its framework was told last", () => {
  const agent = running();
  executorUpdates(agent, "t1", "TASK_FINISHED", "dTI=");
  const task = agent.executor("e1").terminatedTasks.get("t1");
  assert.equal(task?.state, "TASK_FINISHED");
  assert.equal(task?.status_update_state, "TASK_RUNNING", "its first update was not acknowledged");
});

test("only so many executors that are over are kept of a framework", () => {
  const agent = new AgentScript({ maxCompletedExecutorsPerFramework: 2 }).register();
  agent.runTask(commandTask("stays"));
  for (const id of ["a", "b", "c"]) {
    agent.runTask(commandTask(id));
    agent.launched(id);
    agent.exited(id, { exitCode: 0 });
    for (let i = 0; i < 3; i++) agent.acknowledge(id);
  }
  const framework = agent.state.frameworks.get(FRAMEWORK);
  assert.deepEqual(
    framework?.completedExecutors.map(({ id }) => id),
    ["b", "c"],
  );
});

test("an executor that was never given a task is shut down when it comes back to the next agent", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(executorTask("t1", "e1")));
  recorded.keep(recorded.agent.launched("e1"));
  const { agent } = recorded.restart();
  // It never saw the task: nothing that it could hold unacknowledged.
  const lines = executorSubscribes(agent);
  assert.ok(lines.includes("checkpoint update TASK_DROPPED"));
  assert.ok(
    lines.includes("event SHUTDOWN") || lines.includes("timer executorShutdown 5000"),
    lines.join("\n"),
  );
});

test("a task that was killed before its executor came is told so by the next agent, and the executor is shut down", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(executorTask("t1", "e1")));
  recorded.keep(recorded.agent.launched("e1"));
  recorded.keep(recorded.agent.kill("t1"));
  const { agent } = recorded.restart();
  assert.ok(executorSubscribes(agent).includes("event SHUTDOWN"));
  agent.input({ type: "masterDetected", pid: MASTER });
  const lines = agent.message("SlaveReregisteredMessage", { agent_id: { value: "A" } });
  assert.ok(lines.includes(`send update t1 ${KILLED}`), lines.join("\n"));
});

test("a framework message for an executor that is not connected goes nowhere", () => {
  const agent = registering();
  const message = { agent_id: { value: "A" }, ...ids, data: "aGk=" };
  assert.deepEqual(agent.message("FrameworkToExecutorMessage", message), []);
});
