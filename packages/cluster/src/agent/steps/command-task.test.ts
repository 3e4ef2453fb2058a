// The life of command tasks, run by the agent itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AgentScript, commandTask, FRAMEWORK } from "../testing/agent-script.ts";

const timer = (
  agent: AgentScript,
  name: "commandKill" | "commandCompletion" | "executorRegistration",
): string[] => {
  const { containerId } = agent.executor("t1");
  return agent.input({
    type: "timer",
    timer: { name, frameworkId: FRAMEWORK, executorId: "t1", containerId },
  });
};

const kill = (agent: AgentScript, taskId = "t1", graceMs?: number): string[] =>
  agent.message("KillTaskMessage", {
    framework_id: { value: FRAMEWORK },
    task_id: { value: taskId },
    ...(graceMs !== undefined && { kill_policy: { grace_period: { nanoseconds: graceMs * 1e6 } } }),
  });

test("runTask() writes everything down before it launches, and reports each step until acknowledged", () => {
  const agent = new AgentScript().register();
  assert.deepEqual(agent.runTask(commandTask("t1")), [
    "checkpoint framework",
    "checkpoint executor",
    "checkpoint run",
    "launch t1 as root",
    "timer executorRegistration 60000",
    "checkpoint task",
  ]);
  assert.deepEqual(agent.launched("t1"), [
    "checkpoint forkedPid",
    "cancel executorRegistration",
    "checkpoint update TASK_STARTING",
    "send update t1 TASK_STARTING",
    "timer updateRetry 10000",
    "checkpoint update TASK_RUNNING",
  ]);
  assert.deepEqual(agent.acknowledge("t1"), [
    "checkpoint acknowledgement",
    "send update t1 TASK_RUNNING",
    "timer updateRetry 10000",
  ]);
  assert.deepEqual(agent.exited("t1", { exitCode: 0 }), [
    "checkpoint update TASK_FINISHED",
    "cancel executorRegistration",
    "cancel executorShutdown",
  ]);
  assert.deepEqual(agent.acknowledge("t1"), [
    "checkpoint acknowledgement",
    'send update t1 TASK_FINISHED "Command exited with status 0"',
    "timer updateRetry 10000",
  ]);
  assert.deepEqual(agent.acknowledge("t1"), [
    "checkpoint acknowledgement",
    "cancel updateRetry",
    "checkpoint sentinel",
    "garbage 2",
    "garbage 2",
  ]);
  assert.equal(agent.state.frameworks.size, 0);
  assert.equal(
    agent.state.completedFrameworks[0]?.completedExecutors[0]?.completedTasks[0]?.state,
    "TASK_FINISHED",
  );
  assert.equal(agent.state.streams.size, 0);
});

test("a framework without checkpointing leaves no trace on disk, and its container is tied to the agent", () => {
  const agent = new AgentScript().register();
  assert.deepEqual(agent.runTask(commandTask("t1"), { info: { checkpoint: false } }), [
    "launch t1 as root tied",
    "timer executorRegistration 60000",
  ]);
  assert.ok(!agent.launched("t1").some((line) => line.startsWith("checkpoint")));
});

test("an unacknowledged update is sent again with doubling pauses of at most ten minutes", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  agent.launched("t1");
  const retry = { name: "updateRetry", frameworkId: FRAMEWORK, taskId: "t1" } as const;
  for (const pause of [20_000, 40_000, 80_000, 160_000, 320_000, 600_000, 600_000]) {
    assert.deepEqual(agent.input({ type: "timer", timer: retry }), [
      "send update t1 TASK_STARTING (latest TASK_RUNNING)",
      `timer updateRetry ${pause}`,
    ]);
  }
});

test("acknowledgements of another update, twice, or from a stranger are ignored", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  agent.launched("t1");
  const uuid = agent.state.streams.get(`${FRAMEWORK}\0t1`)?.pending[0]?.uuid ?? "";
  const message = { agent_id: { value: "A" }, framework_id: { value: FRAMEWORK }, task_id: { value: "t1" } };
  const name = "StatusUpdateAcknowledgementMessage";
  assert.deepEqual(agent.message(name, { ...message, uuid: "bm8=" }), []);
  assert.deepEqual(agent.message(name, { ...message, uuid }, "master@10.0.0.9:1"), []);
  assert.equal(agent.message(name, { ...message, uuid }).length, 3);
  assert.deepEqual(agent.message(name, { ...message, uuid }), []);
});

const ENDS = [
  { how: { exitCode: 1 }, says: 'TASK_FAILED "Command exited with status 1"' },
  { how: { signal: 9 }, says: 'TASK_FAILED "Command terminated with signal Killed"' },
  { how: {}, says: 'TASK_FAILED "Failed to get exit status for Command"' },
];
for (const { how, says } of ENDS) {
  test(`containerExited() with ${JSON.stringify(how)} reports ${says}`, () => {
    const agent = new AgentScript().register();
    agent.runTask(commandTask("t1"));
    agent.launched("t1");
    agent.acknowledge("t1");
    agent.exited("t1", how);
    assert.equal(agent.acknowledge("t1")[1], `send update t1 ${says}`);
  });
}

test("killTask() sends SIGTERM, then SIGKILL after the grace period, and reports TASK_KILLED", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  agent.launched("t1");
  assert.deepEqual(kill(agent), ["checkpoint commands", "timer commandKill 3000", "kill SIGTERM"]);
  assert.deepEqual(kill(agent), [], "a second kill changes nothing");
  assert.deepEqual(
    kill(agent, "t1", 1000),
    ["checkpoint commands", "timer commandKill 1000"],
    "but a shorter grace period does",
  );
  assert.deepEqual(timer(agent, "commandKill"), ["kill SIGKILL"]);
  agent.exited("t1", { signal: 9 });
  agent.acknowledge("t1");
  assert.equal(
    agent.acknowledge("t1")[1],
    'send update t1 TASK_KILLED "Command terminated with signal Killed"',
  );
});

test("killTask() tells frameworks with the capability that the task is being killed", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1", { kill_policy: { grace_period: { nanoseconds: 5e9 } } }), {
    info: { capabilities: [{ type: "TASK_KILLING_STATE" }] },
  });
  agent.launched("t1");
  assert.deepEqual(kill(agent), [
    "checkpoint update TASK_KILLING",
    "checkpoint commands",
    "timer commandKill 5000",
    "kill SIGTERM",
  ]);
});

test("killTask() before the launch reports TASK_KILLED and gives the container up", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  assert.deepEqual(kill(agent), [
    "checkpoint update TASK_KILLED",
    'send update t1 TASK_KILLED REASON_TASK_KILLED_DURING_LAUNCH "Killed before delivery to the executor"',
    "timer updateRetry 10000",
    "timer executorShutdown 5000",
    "destroy",
  ]);
});

test("killTask() of an unknown task reports that it is not here", () => {
  const agent = new AgentScript().register();
  assert.deepEqual(kill(agent, "ghost"), []);
  agent.runTask(commandTask("t1"));
  const words = 'REASON_EXECUTOR_TERMINATED "Cannot find executor"';
  assert.equal(kill(agent, "ghost")[0], `send update ghost TASK_DROPPED ${words}`);
});

test("max_completion_time ends a task as failed", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1", { max_completion_time: { nanoseconds: 3e8 } }));
  assert.ok(agent.launched("t1").includes("timer commandCompletion 300"));
  assert.deepEqual(timer(agent, "commandCompletion"), [
    "cancel commandCompletion",
    "checkpoint commands",
    "timer commandKill 0",
    "kill SIGTERM",
  ]);
  agent.exited("t1", { signal: 15 });
  agent.acknowledge("t1");
  assert.equal(
    agent.acknowledge("t1")[1],
    'send update t1 TASK_FAILED REASON_MAX_COMPLETION_TIME_REACHED "Command terminated with signal Terminated"',
  );
});

test("a limit that the container went over decides the state, whatever else was ending its executor", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  agent.launched("t1");
  const reason = "REASON_CONTAINER_PREEMPTED";
  agent.executor("t1").pendingTermination = { state: "TASK_GONE", reason, message: "Preempted" };
  agent.exited("t1", { signal: 9, reason: "REASON_CONTAINER_LIMITATION_MEMORY", message: "Too much" });
  agent.acknowledge("t1");
  const words = 'TASK_FAILED REASON_CONTAINER_LIMITATION_MEMORY "Preempted; Too much"';
  assert.equal(agent.acknowledge("t1")[1], `send update t1 ${words}`);
});

test("a container that cannot be launched fails its task with the reason", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  const { containerId } = agent.executor("t1");
  const lines = agent.input({
    type: "containerLaunchFailed",
    frameworkId: FRAMEWORK,
    executorId: "t1",
    containerId,
    reason: "REASON_CONTAINER_LAUNCH_FAILED",
    message: "no such user",
  });
  const words = 'REASON_CONTAINER_LAUNCH_FAILED "Failed to launch container: no such user"';
  assert.ok(lines.includes(`send update t1 TASK_FAILED ${words}`));
});

test("shutDownFramework() ends a command without further updates", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  agent.launched("t1");
  assert.deepEqual(agent.message("ShutdownFrameworkMessage", { framework_id: { value: FRAMEWORK } }), [
    "timer executorShutdown 5000",
    "checkpoint commands",
    "timer commandKill 3000",
    "kill SIGTERM",
  ]);
  const lines = agent.exited("t1", { signal: 15 });
  assert.ok(!lines.some((line) => line.startsWith("send") || line.startsWith("checkpoint update")));
  assert.equal(agent.state.completedFrameworks.length, 1);
});

test("launchTasks() drops tasks that break a rule, in Mesos' words", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  const again = agent.runTask(commandTask("t1"), { launch_executor: true });
  // A task of this id exists, so that the refusal is about its executor and reaches no stream of its own.
  assert.deepEqual(
    again.filter((line) => line.startsWith("launch")),
    [],
  );
  const version = [{ uuid: { value: "other" } }];
  const outdated = agent.runTask(commandTask("t2"), {
    resource_version_uuids: version,
    launch_executor: true,
  });
  const words = 'REASON_INVALID_OFFERS "Task assumes outdated resource state"';
  assert.equal(outdated[0], `send update t2 TASK_DROPPED ${words}`);
  assert.ok(outdated.includes("send ExitedExecutorMessage"));
  assert.deepEqual(agent.runTask(commandTask("t3", { agent_id: { value: "B" } })), []);
});

test("a task whose sandbox cannot be made was never launched", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  const { containerId } = agent.executor("t1");
  const lines = agent.input({
    type: "containerLaunchFailed",
    frameworkId: FRAMEWORK,
    executorId: "t1",
    containerId,
    reason: "REASON_CONTAINER_LAUNCH_FAILED",
    message: "No such user 'x'",
    withoutSandbox: true,
  });
  assert.ok(lines.includes(`send update t1 TASK_DROPPED REASON_EXECUTOR_TERMINATED "No such user 'x'"`));
});

test("limits above requests are refused without an isolator that enforces them", () => {
  const agent = new AgentScript().register();
  const lines = agent.runTask(commandTask("t1", { limits: { mem: { value: 64 } } }));
  assert.match(lines[1] ?? "", /^send update t1 TASK_DROPPED REASON_GC_ERROR "Memory limits can only be set/);
});
