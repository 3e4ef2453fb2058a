// Groups of tasks on the built-in default executor, and frameworks that end. Scenarios that Mesos tests, too; see
// docs/checklists/agent-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { getTasks } from "../api/operator/read-answers.ts";
import { AgentScript, commandTask, executorTask, FRAMEWORK } from "../testing/agent-script.ts";
import {
  memberContainer,
  memberExited,
  memberLaunched,
  runGroup,
  runningGroup,
  sandboxPrepared,
} from "../testing/group-script.ts";

const EXECUTOR = { frameworkId: FRAMEWORK, executorId: "d" } as const;

const stateOf = (agent: AgentScript, taskId: string): string | undefined => {
  const { launchedTasks, terminatedTasks } = agent.executor("d");
  return (launchedTasks.get(taskId) ?? terminatedTasks.get(taskId))?.statuses?.at(-1)?.state;
};

test("a group whose member cannot be launched ends, and no other group does", () => {
  const agent = runningGroup(commandTask("other"));
  runGroup(agent, [commandTask("a"), commandTask("b")], { launchExecutor: false });
  memberLaunched(agent, "b");
  const lines = agent.input({
    type: "containerLaunchFailed",
    ...EXECUTOR,
    containerId: memberContainer(agent, "a"),
    reason: "REASON_CONTAINER_LAUNCH_FAILED",
    message: "no",
  });
  assert.equal(lines.filter((line) => line === "kill SIGTERM").length, 1);
  memberExited(agent, "b", { signal: 15 });
  assert.deepEqual(
    ["a", "b", "other"].map((id) => stateOf(agent, id)),
    ["TASK_FAILED", "TASK_KILLED", "TASK_RUNNING"],
  );
});

test("of several groups that wait for the sandbox, one is killed and the others start", () => {
  const agent = new AgentScript().register();
  runGroup(agent, [commandTask("a")]);
  for (const id of ["b", "c"]) runGroup(agent, [commandTask(id)], { launchExecutor: false });
  const kill = { framework_id: { value: FRAMEWORK }, task_id: { value: "a" } };
  agent.message("KillTaskMessage", kill);
  const lines = sandboxPrepared(agent);
  assert.deepEqual(
    lines.filter((line) => line.startsWith("launch")),
    ["launch b as root", "launch c as root"],
  );
});

test("a member that ran longer than it may takes its group along", () => {
  const agent = runningGroup(
    commandTask("a", { max_completion_time: { nanoseconds: 1e9 } }),
    commandTask("b"),
  );
  const timer = { name: "commandCompletion", ...EXECUTOR, containerId: memberContainer(agent, "a") } as const;
  assert.ok(agent.input({ type: "timer", timer }).includes("kill SIGTERM"));
  assert.ok(memberExited(agent, "a", { signal: 15 }).includes("kill SIGTERM"));
  memberExited(agent, "b", { signal: 15 });
  const status = agent.executor("d").terminatedTasks.get("a")?.statuses?.at(-1);
  assert.deepEqual([status?.state, status?.reason], ["TASK_FAILED", "REASON_MAX_COMPLETION_TIME_REACHED"]);
  assert.equal(stateOf(agent, "b"), "TASK_KILLED");
});

test("a task that was killed and exits with 0 was killed", () => {
  const agent = runningGroup(commandTask("a"));
  const kill = { framework_id: { value: FRAMEWORK }, task_id: { value: "a" } };
  agent.message("KillTaskMessage", kill);
  memberExited(agent, "a", { exitCode: 0 });
  assert.equal(stateOf(agent, "a"), "TASK_KILLED");
});

test("members have URIs, roles and users of their own", () => {
  const agent = new AgentScript().register();
  const uris = [{ value: "/x" }];
  runGroup(agent, [commandTask("a", { command: { value: "true", uris, user: "nobody" } })]);
  sandboxPrepared(agent);
  const effect = agent.effects.find((one) => one.type === "launchContainer");
  assert.ok(effect?.type === "launchContainer");
  assert.deepEqual([effect.uris, effect.user], [uris, "nobody"]);
  assert.equal(effect.environment["MESOS_ALLOCATION_ROLE"], "*");
});

test("tasks for an executor that is ending are dropped", () => {
  const agent = new AgentScript().register();
  agent.runTask(executorTask("t1", "e1"), { launch_executor: true });
  agent.launched("e1");
  const ids = { framework_id: { value: FRAMEWORK }, executor_id: { value: "e1" } };
  agent.message("ShutdownExecutorMessage", ids);
  const words = 'REASON_EXECUTOR_TERMINATED "Executor terminating"';
  const lines = agent.runTask(executorTask("t2", "e1"), { launch_executor: false });
  assert.equal(lines[0], `send update t2 TASK_DROPPED ${words}`);
});

test("a task of a framework that was shut down is over as it was last heard of", () => {
  const agent = runningGroup(commandTask("a"));
  agent.message("ShutdownFrameworkMessage", { framework_id: { value: FRAMEWORK } });
  memberExited(agent, "a", { signal: 15 });
  const tasks = getTasks(agent.state);
  assert.deepEqual(tasks.launched_tasks, []);
  assert.deepEqual(
    tasks.terminated_tasks?.map(({ state }) => state),
    ["TASK_RUNNING"],
  );
});

test("a container that cannot be launched is counted", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  const { containerId } = agent.executor("t1");
  const failed = { reason: "REASON_CONTAINER_LAUNCH_FAILED", message: "no" } as const;
  const of = { frameworkId: FRAMEWORK, executorId: "t1", containerId };
  agent.input({ type: "containerLaunchFailed", ...of, ...failed });
  assert.equal(agent.state.counters.container_launch_errors, 1);
});
