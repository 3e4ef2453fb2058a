// The built-in default executor: groups of tasks that share a sandbox and end together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AgentScript, commandTask, executorTask, FRAMEWORK } from "../testing/agent-script.ts";
import {
  memberContainer,
  memberExited,
  memberLaunched,
  runGroup,
  runningGroup,
  sandboxPrepared,
} from "../testing/group-script.ts";

const acknowledgeAll = (agent: AgentScript, taskId: string): string[] => {
  const said: string[] = [];
  while (agent.state.streams.has(`${FRAMEWORK}\0${taskId}`)) said.push(...agent.acknowledge(taskId));
  return said.filter((line) => line.startsWith("send update"));
};

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
  assert.deepEqual(sandboxPrepared(agent), [
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
  assert.deepEqual(memberLaunched(agent, "a"), ["checkpoint update TASK_RUNNING", "checkpoint commands"]);
  const [status] = agent.executor("d").launchedTasks.get("a")?.statuses?.slice(-1) ?? [];
  assert.equal(status?.container_status?.container_id?.parent?.value, agent.executor("d").containerId);
});

test("the executor ends when all its tasks have", () => {
  const agent = runningGroup(commandTask("a"), commandTask("b"));
  memberExited(agent, "a", { exitCode: 0 });
  assert.equal(agent.executor("d").phase, "RUNNING");
  assert.ok(memberExited(agent, "b", { exitCode: 0 }).includes("send ExitedExecutorMessage"));
  assert.deepEqual(
    acknowledgeAll(agent, "a").at(-1),
    'send update a TASK_FINISHED "Command exited with status 0"',
  );
  acknowledgeAll(agent, "b");
  assert.equal(agent.state.completedFrameworks.length, 1);
});

test("a task that fails or is killed takes its group along, other groups of the executor go on", () => {
  const agent = runningGroup(commandTask("a"), commandTask("b"));
  runGroup(agent, [commandTask("c")], { launchExecutor: false });
  memberLaunched(agent, "c");
  const lines = memberExited(agent, "a", { exitCode: 3 });
  assert.equal(lines.filter((line) => line === "kill SIGTERM").length, 1);
  memberExited(agent, "b", { signal: 15 });
  assert.match(
    acknowledgeAll(agent, "b").at(-1) ?? "",
    /TASK_KILLED "Command terminated with signal Terminated"/,
  );
  assert.equal(agent.executor("d").phase, "RUNNING");
  agent.kill("c");
  assert.ok(memberExited(agent, "c", { signal: 15 }).includes("send ExitedExecutorMessage"));
});

test("a task that cannot be launched fails with the reason", () => {
  const agent = new AgentScript().register();
  runGroup(agent, [commandTask("a"), commandTask("b")]);
  sandboxPrepared(agent);
  memberLaunched(agent, "b");
  agent.input({
    type: "containerLaunchFailed",
    frameworkId: FRAMEWORK,
    executorId: "d",
    containerId: memberContainer(agent, "a"),
    reason: "REASON_CONTAINER_LAUNCH_FAILED",
    message: "no",
  });
  const words = 'TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED "Failed to launch container: no"';
  assert.equal(acknowledgeAll(agent, "a").at(-1), `send update a ${words}`);
});

test("a group killed before its sandbox is ready never starts", () => {
  const agent = new AgentScript().register();
  runGroup(agent, [commandTask("a"), commandTask("b")]);
  const lines = agent.kill("a");
  const reason = "REASON_TASK_KILLED_DURING_LAUNCH";
  const words = `${reason} "A task within the task group was killed before delivery to the executor"`;
  assert.ok(lines.includes(`send update a TASK_KILLED ${words}`));
  assert.ok(lines.includes(`send update b TASK_KILLED ${words}`));
  assert.ok(lines.includes("destroy"));
});

test("shutdown kills every task; the executor goes with the last", () => {
  const agent = runningGroup(commandTask("a"), commandTask("b"));
  const ids = { framework_id: { value: FRAMEWORK }, executor_id: { value: "d" } };
  const lines = agent.message("ShutdownExecutorMessage", ids);
  assert.equal(lines.filter((line) => line === "kill SIGTERM").length, 2);
  memberExited(agent, "a", { signal: 15 });
  assert.ok(memberExited(agent, "b", { signal: 15 }).includes("send ExitedExecutorMessage"));
});

test("a task over its limit fails with what it had too much of, whatever else was ending it", () => {
  const limited = [{ name: "mem", type: "SCALAR" as const, scalar: { value: 40 } }];
  const reason = "REASON_CONTAINER_LIMITATION_MEMORY";
  const how = { signal: 9, reason, message: "Memory limit exceeded", limited } as const;
  const endings: Record<string, (agent: AgentScript) => void> = {
    "by itself": () => undefined,
    "while it is killed": (agent) => void agent.kill("a"),
    "after its time": (agent) => {
      const containerId = memberContainer(agent, "a");
      const timer = {
        name: "commandCompletion",
        frameworkId: FRAMEWORK,
        executorId: "d",
        containerId,
      } as const;
      agent.input({ type: "timer", timer });
    },
    "while its executor is ended": (agent) => {
      agent.executor("d").pendingTermination = {
        state: "TASK_GONE",
        reason: "REASON_CONTAINER_PREEMPTED",
        message: "",
      };
    },
  };
  for (const [what, end] of Object.entries(endings)) {
    const agent = runningGroup(
      commandTask("a", { max_completion_time: { nanoseconds: 1e9 } }),
      commandTask("b"),
    );
    end(agent);
    memberExited(agent, "a", how);
    const status = agent.executor("d").terminatedTasks.get("a")?.statuses?.at(-1);
    assert.deepEqual([status?.state, status?.reason], ["TASK_FAILED", reason], what);
    assert.deepEqual(status?.limitation, { resources: limited }, what);
    assert.equal(status?.message, "Command terminated with signal Killed: Memory limit exceeded");
  }
});

test("a default executor that is refused what its tasks ask for takes every task along", () => {
  const agent = runningGroup(commandTask("a"), commandTask("b"));
  assert.deepEqual(agent.updateFailed("d", "no room"), ["destroy", "destroy", "destroy"]);
  for (const taskId of ["a", "b"]) {
    memberExited(agent, taskId, { signal: 9 });
    const status = agent.executor("d").terminatedTasks.get(taskId)?.statuses?.at(-1);
    assert.deepEqual([status?.state, status?.reason], ["TASK_GONE", "REASON_CONTAINER_UPDATE_FAILED"]);
  }
  assert.equal(agent.executor("d").phase, "TERMINATED");
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
