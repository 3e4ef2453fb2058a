// Executors that are processes of their own and speak the executor API.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scalarOf } from "../containerizer/scalar-of.ts";
import { AgentScript, commandTask, executorTask, FRAMEWORK } from "../testing/agent-script.ts";
import type { AgentOptions } from "../options.ts";
import { executorSubscribes, executorUpdates, runExecutorGroup } from "../testing/executor-script.ts";

const ids = { framework_id: { value: FRAMEWORK }, executor_id: { value: "e1" } };

function running(options: Partial<AgentOptions> = {}): AgentScript {
  const agent = new AgentScript(options).register();
  agent.runTask(executorTask("t1", "e1"), { launch_executor: true });
  agent.launched("e1");
  executorSubscribes(agent);
  return agent;
}

test("executorSubscribed() delivers the tasks that waited", () => {
  const agent = new AgentScript().register();
  agent.runTask(executorTask("t1", "e1"), { launch_executor: true });
  assert.deepEqual(agent.launched("e1"), ["checkpoint forkedPid"]);
  assert.deepEqual(executorSubscribes(agent), [
    "cancel executorRegistration",
    "timer executorHeartbeat 1800000",
    "checkpoint httpMarker",
    "event SUBSCRIBED",
    "event LAUNCH t1",
  ]);
  assert.deepEqual(agent.runTask(executorTask("t2", "e1"), { launch_executor: false }), [
    "checkpoint task",
    "event LAUNCH t2",
  ]);
});

test("an executor's container is fitted to its tasks before one is delivered, and after one has ended", () => {
  const agent = running();
  const updates = (): (number | undefined)[] =>
    agent.effects.flatMap((effect) =>
      effect.type === "updateContainer" ? [scalarOf(effect.amounts.resources, "cpus")] : [],
    );
  const positionOf = (type: string): number => agent.effects.findIndex((effect) => effect.type === type);
  // The executor's tenth, and half of one for each task.
  assert.deepEqual(updates(), [0.6]);
  agent.runTask(executorTask("t2", "e1"), { launch_executor: false });
  assert.deepEqual(updates(), [1.1]);
  assert.ok(positionOf("updateContainer") < positionOf("executorEvent"));
  executorUpdates(agent, "t1", "TASK_RUNNING", "dTE=");
  assert.deepEqual(updates(), []);
  executorUpdates(agent, "t1", "TASK_FINISHED", "dTI=");
  assert.deepEqual(updates(), [0.6]);
});

for (const [awareness, state] of [
  [[{ type: "PARTITION_AWARE" as const }], "TASK_GONE"],
  [[], "TASK_LOST"],
] as const) {
  test(`an executor whose container is refused what its tasks ask for ends, and they are ${state}`, () => {
    const agent = new AgentScript().register();
    const info = { capabilities: [...awareness] };
    agent.runTask(executorTask("t1", "e1"), { launch_executor: true, info });
    agent.launched("e1");
    executorSubscribes(agent);
    assert.deepEqual(agent.updateFailed("e1", "no room"), ["destroy"]);
    assert.deepEqual(agent.updateFailed("e1", "still no room"), [], "once is enough");
    const words = `${state} REASON_CONTAINER_UPDATE_FAILED`;
    assert.ok(
      agent
        .exited("e1", { signal: 9 })
        .includes(`send update t1 ${words} "Failed to update resources for container: no room"`),
    );
  });
}

test("what is refused to an earlier container of an executor, or to one that is ending, ends nothing", () => {
  const agent = running();
  assert.deepEqual(agent.updateFailed("e1", "no room", "another"), []);
  agent.message("ShutdownExecutorMessage", {
    framework_id: { value: FRAMEWORK },
    executor_id: { value: "e1" },
  });
  assert.deepEqual(agent.updateFailed("e1", "no room"), []);
  assert.equal(agent.executor("e1").pendingTermination, undefined);
});

test("limits of tasks are summed up for their executor's container", () => {
  const agent = running({ launcher: "linux", isolation: "cgroups/mem" });
  const task = { ...executorTask("t2", "e1"), limits: { mem: { value: Infinity } } };
  agent.runTask(task, { launch_executor: false });
  const update = agent.effects.find((effect) => effect.type === "updateContainer");
  assert.deepEqual(update?.amounts.limits, { mem: Infinity });
});

test("a command's own container is not fitted to anything", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  agent.launched("t1");
  agent.exited("t1", { exitCode: 0 });
  assert.ok(!agent.effects.some(({ type }) => type === "updateContainer"));
});

test("a task group is delivered as one", () => {
  const agent = new AgentScript().register();
  runExecutorGroup(agent, ["a", "b"]);
  agent.launched("e1");
  assert.deepEqual(executorSubscribes(agent).slice(-2), ["event SUBSCRIBED", "event LAUNCH_GROUP a,b"]);
});

test("executorCalled() records an update, forwards it and acknowledges it to the executor", () => {
  const agent = running();
  assert.deepEqual(executorUpdates(agent, "t1", "TASK_RUNNING", "dTE="), [
    "checkpoint update TASK_RUNNING",
    "send update t1 TASK_RUNNING",
    "timer updateRetry 10000",
    "event ACKNOWLEDGED t1",
  ]);
  assert.deepEqual(
    executorUpdates(agent, "t1", "TASK_RUNNING", "dTE="),
    ["event ACKNOWLEDGED t1"],
    "a repeated one",
  );
  assert.deepEqual(executorUpdates(agent, "t1", "TASK_FINISHED", "dTI="), [
    "checkpoint update TASK_FINISHED",
    "event ACKNOWLEDGED t1",
  ]);
});

test("a message goes through the master, one for the executor to its stream", () => {
  const agent = running();
  const call = { type: "MESSAGE", ...ids, message: { data: "aGk=" } } as const;
  assert.deepEqual(agent.input({ type: "executorCalled", call }), ["send ExecutorToFrameworkMessage"]);
  const message = { agent_id: { value: "A" }, ...ids, data: "aGk=" };
  assert.deepEqual(agent.message("FrameworkToExecutorMessage", message), ["event MESSAGE"]);
});

test("killTask() asks the executor", () => {
  const agent = running();
  const body = { framework_id: { value: FRAMEWORK }, task_id: { value: "t1" } };
  assert.deepEqual(agent.message("KillTaskMessage", body), ["event KILL t1"]);
});

test("an executor that ends fails its tasks, and the master hears of it", () => {
  const agent = running();
  executorUpdates(agent, "t1", "TASK_RUNNING", "dTE=");
  const lines = agent.exited("e1", { exitCode: 7 });
  assert.ok(lines.includes("send ExitedExecutorMessage"));
  assert.ok(lines.includes("checkpoint update TASK_FAILED"));
  const exited = agent.effects.find(
    (effect) => effect.type === "send" && effect.name === "ExitedExecutorMessage",
  );
  assert.equal(
    exited?.type === "send" && exited.name === "ExitedExecutorMessage" && exited.body.status,
    1792,
  );
  assert.equal(
    agent.acknowledge("t1")[1],
    'send update t1 TASK_FAILED REASON_EXECUTOR_TERMINATED "Executor terminated"',
  );
});

test("an executor that does not subscribe is destroyed", () => {
  const agent = new AgentScript().register();
  agent.runTask(executorTask("t1", "e1"));
  agent.launched("e1");
  const { containerId } = agent.executor("e1");
  const timer = {
    name: "executorRegistration",
    frameworkId: FRAMEWORK,
    executorId: "e1",
    containerId,
  } as const;
  assert.deepEqual(agent.input({ type: "timer", timer }), ["destroy"]);
  const words = 'REASON_EXECUTOR_REGISTRATION_TIMEOUT "Executor did not register within 1mins"';
  assert.ok(agent.exited("e1", { signal: 9 }).includes(`send update t1 TASK_FAILED ${words}`));
});

test("shutdown asks the executor and destroys it after its grace period", () => {
  const agent = running();
  assert.deepEqual(agent.message("ShutdownExecutorMessage", ids), [
    "timer executorShutdown 5000",
    "event SHUTDOWN",
  ]);
  const { containerId } = agent.executor("e1");
  const timer = { name: "executorShutdown", frameworkId: FRAMEWORK, executorId: "e1", containerId } as const;
  assert.deepEqual(agent.input({ type: "timer", timer }), ["destroy"]);
  assert.deepEqual(
    executorSubscribes(agent, {}, "c2"),
    ["event SHUTDOWN", "close executor"],
    "too late to come back",
  );
});

test("launchTasks() follows what the master believes about the executor", () => {
  const agent = running();
  const exists = agent.runTask(executorTask("t2", "e1"), { launch_executor: true });
  const words = 'REASON_EXECUTOR_TERMINATED "Master wants to launch executor, but one already exists"';
  assert.equal(exists[0], `send update t2 TASK_DROPPED ${words}`);
  const missing = agent.runTask(executorTask("t3", "e9"), { launch_executor: false });
  const none = 'REASON_EXECUTOR_TERMINATED "No executor is expected to launch and there is none running"';
  assert.equal(missing[0], `send update t3 TASK_DROPPED ${none}`);
});

test("what is said of a task that reached no executor is said until it is heard, or its framework ends", () => {
  const dropped = (): { agent: AgentScript; again: () => string[] } => {
    const agent = new AgentScript().register();
    agent.runTask(executorTask("t1", "e1"), { launch_executor: false });
    assert.equal(agent.state.frameworks.size, 0, "the framework has nothing here");
    const timer = { name: "updateRetry", frameworkId: FRAMEWORK, taskId: "t1" } as const;
    return { agent, again: () => agent.input({ type: "timer", timer }) };
  };
  const { agent, again } = dropped();
  assert.match(again()[0] ?? "", /^send update t1 TASK_DROPPED/);
  agent.acknowledge("t1");
  assert.equal(agent.state.streams.size, 0);
  const ended = dropped();
  ended.agent.message("ShutdownFrameworkMessage", { framework_id: { value: FRAMEWORK } });
  assert.deepEqual(ended.again(), []);
});

test("executorDisconnected() forgets only the connection it names", () => {
  const agent = running();
  executorSubscribes(agent, {}, "c2");
  const gone = { type: "executorDisconnected", frameworkId: FRAMEWORK, executorId: "e1" } as const;
  assert.deepEqual(agent.input({ ...gone, connectionId: "c1" }), []);
  assert.deepEqual(agent.input({ ...gone, connectionId: "c2" }), ["cancel executorHeartbeat"]);
  assert.equal(agent.executor("e1").connectionId, undefined);
});
