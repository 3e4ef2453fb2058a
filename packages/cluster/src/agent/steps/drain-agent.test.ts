// Draining, framework updates and messages of the master that reach more than one executor.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AgentScript, commandTask, executorTask, FRAMEWORK } from "../testing/agent-script.ts";

const config = { max_grace_period: { nanoseconds: 1e9 } };

test("drainAgent() kills tasks within its grace period, drops new ones, and ends with the last framework", () => {
  const agent = new AgentScript().register();
  assert.deepEqual(agent.message("DrainSlaveMessage", { config }), [], "nothing to drain");
  agent.runTask(commandTask("t1", { kill_policy: { grace_period: { nanoseconds: 60e9 } } }));
  agent.launched("t1");
  assert.deepEqual(agent.message("DrainSlaveMessage", { config }), [
    "checkpoint drainConfig",
    "checkpoint commands",
    "timer commandKill 1000",
    "kill SIGTERM",
  ]);
  const words = 'REASON_AGENT_DRAINING "Task was received while agent was already draining"';
  assert.equal(agent.runTask(commandTask("t2"))[0], `send update t2 TASK_DROPPED ${words}`);
  agent.acknowledge("t2");
  agent.exited("t1", { signal: 15 });
  for (let i = 0; i < 2; i++) agent.acknowledge("t1");
  assert.equal(
    agent.executor("t1").terminatedTasks.get("t1")?.statuses?.at(-1)?.reason,
    "REASON_AGENT_DRAINING",
  );
  assert.ok(agent.acknowledge("t1").includes("checkpoint drainConfigRemoved"));
  assert.equal(agent.state.drainConfig, undefined);
});

test("a drain that marks the agent gone reports kills as gone by the operator", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  agent.launched("t1");
  agent.message("DrainSlaveMessage", { config: { mark_gone: true } });
  agent.exited("t1", { signal: 15 });
  assert.equal(agent.executor("t1").terminatedTasks.get("t1")?.state, "TASK_GONE_BY_OPERATOR");
});

test("a drain kills tasks that wait for their executor", () => {
  const agent = new AgentScript().register();
  agent.runTask(executorTask("t1", "e1"));
  agent.launched("e1");
  const lines = agent.message("DrainSlaveMessage", { config });
  const words = 'REASON_AGENT_DRAINING "Killed before delivery to the executor"';
  assert.ok(lines.includes(`send update t1 TASK_KILLED ${words}`), lines.join("\n"));
});

test("updateFramework() takes the new facts and sends waiting updates again", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  agent.launched("t1");
  const info = { user: "root", name: "renamed", id: { value: FRAMEWORK }, checkpoint: true };
  const message = { framework_id: { value: FRAMEWORK }, framework_info: info };
  assert.deepEqual(agent.message("UpdateFrameworkMessage", message), [
    "checkpoint framework",
    "send update t1 TASK_STARTING (latest TASK_RUNNING)",
    "timer updateRetry 10000",
  ]);
  assert.equal(agent.state.frameworks.get(FRAMEWORK)?.info.name, "renamed");
  assert.deepEqual(agent.message("UpdateFrameworkMessage", { framework_id: { value: "other" } }), []);
});
