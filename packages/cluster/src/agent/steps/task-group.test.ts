// The built-in default executor: groups of tasks that share a sandbox and end together.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskInfo } from "@mezzo/wire";
import { AgentScript, commandTask, executorTask, FRAMEWORK } from "../testing/agent-script.ts";

function runGroup(agent: AgentScript, tasks: TaskInfo[], launchExecutor = true): string[] {
  return agent.message("RunTaskGroupMessage", {
    framework: {
      user: "root",
      name: "f",
      id: { value: FRAMEWORK },
      checkpoint: true,
      capabilities: [{ type: "PARTITION_AWARE" }],
    },
    executor: { type: "DEFAULT", executor_id: { value: "d" }, framework_id: { value: FRAMEWORK } },
    task_group: { tasks },
    launch_executor: launchExecutor,
  });
}

const container = (agent: AgentScript, taskId: string): string => {
  const runs = [...(agent.executor("d").group?.runs.values() ?? [])];
  return runs.find((run) => run.taskId === taskId)?.containerId ?? "none";
};

const launched = (agent: AgentScript, taskId: string): string[] =>
  agent.input({
    type: "containerLaunched",
    frameworkId: FRAMEWORK,
    executorId: "d",
    containerId: container(agent, taskId),
    pid: 5,
  });

const exited = (
  agent: AgentScript,
  taskId: string,
  how: { exitCode?: number; signal?: number },
): string[] => {
  const termination = { containerId: container(agent, taskId), ...how };
  return agent.input({ type: "containerExited", frameworkId: FRAMEWORK, executorId: "d", termination });
};

const prepared = (agent: AgentScript): string[] => {
  const { containerId } = agent.executor("d");
  return agent.input({ type: "containerLaunched", frameworkId: FRAMEWORK, executorId: "d", containerId });
};

const kill = (agent: AgentScript, taskId: string): string[] =>
  agent.message("KillTaskMessage", { framework_id: { value: FRAMEWORK }, task_id: { value: taskId } });

const acknowledgeAll = (agent: AgentScript, taskId: string): string[] => {
  const said: string[] = [];
  while (agent.state.streams.has(`${FRAMEWORK}\0${taskId}`)) said.push(...agent.acknowledge(taskId));
  return said.filter((line) => line.startsWith("send update"));
};

function running(...tasks: TaskInfo[]): AgentScript {
  const agent = new AgentScript().register();
  runGroup(agent, tasks);
  prepared(agent);
  for (const task of tasks) launched(agent, task.task_id.value);
  return agent;
}

test("runTaskGroup() prepares the shared sandbox, then launches each task", () => {
  const agent = new AgentScript().register();
  assert.deepEqual(runGroup(agent, [commandTask("a"), commandTask("b")]), [
    "checkpoint framework",
    "checkpoint executor",
    "checkpoint run",
    "prepare d",
    "timer executorRegistration 60000",
    "checkpoint task",
    "checkpoint task",
  ]);
  assert.deepEqual(prepared(agent), [
    "cancel executorRegistration",
    "checkpoint update TASK_STARTING",
    "send update a TASK_STARTING",
    "timer updateRetry 10000",
    "checkpoint update TASK_STARTING",
    "send update b TASK_STARTING",
    "timer updateRetry 10000",
    "launch a as root",
    "launch b as root",
    "checkpoint commands",
  ]);
  assert.deepEqual(launched(agent, "a"), ["checkpoint update TASK_RUNNING", "checkpoint commands"]);
  const [status] = agent.executor("d").launchedTasks.get("a")?.statuses?.slice(-1) ?? [];
  assert.equal(status?.container_status?.container_id?.parent?.value, agent.executor("d").containerId);
});

test("the executor ends when all its tasks have", () => {
  const agent = running(commandTask("a"), commandTask("b"));
  exited(agent, "a", { exitCode: 0 });
  assert.equal(agent.executor("d").phase, "RUNNING");
  assert.ok(exited(agent, "b", { exitCode: 0 }).includes("send ExitedExecutorMessage"));
  assert.deepEqual(
    acknowledgeAll(agent, "a").at(-1),
    'send update a TASK_FINISHED "Command exited with status 0"',
  );
  acknowledgeAll(agent, "b");
  assert.equal(agent.state.completedFrameworks.length, 1);
});

test("a task that fails or is killed takes its group along, other groups of the executor go on", () => {
  const agent = running(commandTask("a"), commandTask("b"));
  runGroup(agent, [commandTask("c")], false);
  launched(agent, "c");
  const lines = exited(agent, "a", { exitCode: 3 });
  assert.equal(lines.filter((line) => line === "kill SIGTERM").length, 1);
  exited(agent, "b", { signal: 15 });
  assert.match(
    acknowledgeAll(agent, "b").at(-1) ?? "",
    /TASK_KILLED "Command terminated with signal Terminated"/,
  );
  assert.equal(agent.executor("d").phase, "RUNNING");
  kill(agent, "c");
  assert.ok(exited(agent, "c", { signal: 15 }).includes("send ExitedExecutorMessage"));
});

test("a task that cannot be launched fails with the reason", () => {
  const agent = new AgentScript().register();
  runGroup(agent, [commandTask("a"), commandTask("b")]);
  prepared(agent);
  launched(agent, "b");
  agent.input({
    type: "containerLaunchFailed",
    frameworkId: FRAMEWORK,
    executorId: "d",
    containerId: container(agent, "a"),
    reason: "REASON_CONTAINER_LAUNCH_FAILED",
    message: "no",
  });
  const words = 'TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED "Failed to launch container: no"';
  assert.equal(acknowledgeAll(agent, "a").at(-1), `send update a ${words}`);
});

test("a group killed before its sandbox is ready never starts", () => {
  const agent = new AgentScript().register();
  runGroup(agent, [commandTask("a"), commandTask("b")]);
  const lines = kill(agent, "a");
  const reason = "REASON_TASK_KILLED_DURING_LAUNCH";
  const words = `${reason} "A task within the task group was killed before delivery to the executor"`;
  assert.ok(lines.includes(`send update a TASK_KILLED ${words}`));
  assert.ok(lines.includes(`send update b TASK_KILLED ${words}`));
  assert.ok(lines.includes("destroy"));
});

test("shutdown kills every task; the executor goes with the last", () => {
  const agent = running(commandTask("a"), commandTask("b"));
  const ids = { framework_id: { value: FRAMEWORK }, executor_id: { value: "d" } };
  const lines = agent.message("ShutdownExecutorMessage", ids);
  assert.equal(lines.filter((line) => line === "kill SIGTERM").length, 2);
  exited(agent, "a", { signal: 15 });
  assert.ok(exited(agent, "b", { signal: 15 }).includes("send ExitedExecutorMessage"));
});

test("the default executor takes groups only", () => {
  const agent = new AgentScript().register();
  const task = executorTask("t", "d", { type: "DEFAULT" });
  const words = 'REASON_TASK_INVALID "The default executor runs task groups only"';
  assert.equal(agent.runTask(task, { launch_executor: true })[0], "checkpoint framework");
  assert.ok(agent.runTask(task, { launch_executor: true }).length > 0);
  const again = new AgentScript().register();
  assert.ok(again.runTask(task).includes(`send update t TASK_DROPPED ${words}`));
});
