// What an agent finds when it is started again in odd moments. Scenarios that Mesos tests, too; see
// docs/checklists/agent-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCheckpoints } from "../checkpoint/read.ts";
import { AgentScript, commandTask, executorTask, FRAMEWORK, MASTER } from "../testing/agent-script.ts";
import { memberLaunched, runGroup, sandboxPrepared } from "../testing/group-script.ts";
import { RECORDED, Recorded } from "../testing/recorded.ts";

const UNKNOWN = 'REASON_EXECUTOR_TERMINATED "Abnormal executor termination: unknown container"';

const register = (agent: AgentScript): string[] => {
  agent.input({ type: "masterDetected", pid: MASTER });
  return agent.message("SlaveReregisteredMessage", { agent_id: { value: "A" } });
};

test("a task whose container was never launched has failed, and was never told to run", () => {
  for (const task of [commandTask("t1"), executorTask("t1", "e1")]) {
    const recorded = new Recorded();
    recorded.keep(recorded.agent.runTask(task));
    const { agent, lines } = recorded.restart();
    assert.deepEqual(
      lines.filter((line) => line.startsWith("checkpoint update")),
      ["checkpoint update TASK_FAILED"],
    );
    assert.ok(register(agent).includes(`send update t1 TASK_FAILED ${UNKNOWN}`));
  }
});

/** A group of which one task runs and the other was about to. */
function withHalfGroup(): Recorded {
  const recorded = new Recorded();
  const { agent } = recorded;
  recorded.keep(runGroup(agent, [commandTask("a"), commandTask("b")]));
  recorded.keep(sandboxPrepared(agent));
  recorded.keep(memberLaunched(agent, "a"));
  return recorded;
}

test("a member of a group whose container was never launched has failed, and takes the group along", () => {
  const { agent, lines } = withHalfGroup().restart();
  assert.deepEqual(
    lines.filter((line) => line.startsWith("checkpoint update")),
    ["checkpoint update TASK_FAILED"],
  );
  assert.ok(lines.includes("kill SIGTERM"));
  const failed = agent.executor("d").terminatedTasks.get("b")?.statuses?.at(-1);
  assert.equal(failed?.reason, "REASON_CONTAINER_LAUNCH_FAILED");
  assert.deepEqual([...agent.executor("d").launchedTasks.keys()], ["a"]);
});

test("an agent that cleans up ends a group as well, and goes when it is gone", () => {
  const { agent, lines } = withHalfGroup().restart({ recover: "cleanup" });
  assert.ok(lines.includes("kill SIGTERM") && !lines.includes("exit 0"));
  const [containerId = ""] = agent.executor("d").group?.runs.keys() ?? [];
  const termination = { containerId, signal: 15 };
  const ended = agent.input({
    type: "containerExited",
    frameworkId: FRAMEWORK,
    executorId: "d",
    termination,
  });
  assert.equal(ended.at(-1), "exit 0");
});

test("an agent that cleans up has nothing to wait for where nothing was launched", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(commandTask("t1")));
  assert.equal(recorded.restart({ recover: "cleanup" }).lines.at(-1), "exit 0");
});

test("an executor whose newest run cannot be found any more is left to expire", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(commandTask("t1")));
  recorded.keep(recorded.agent.launched("t1"));
  const directory = "/w/meta/slaves/A/frameworks/F/executors/t1/runs";
  recorded.tree.apply([{ kind: "remove", path: `${directory}/latest` }]);
  const { agent, lines } = recorded.restart();
  assert.equal(agent.state.frameworks.size, 0);
  assert.ok(lines.includes("garbage 2") && lines.at(-1) === "detect master", lines.join("\n"));
});

test("a run whose directory is gone, while `latest` still names it, is over", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(executorTask("t1", "e1")));
  recorded.keep(recorded.agent.launched("e1"));
  const { containerId } = recorded.agent.executor("e1");
  const path = `/w/meta/slaves/A/frameworks/F/executors/e1/runs/${containerId}`;
  recorded.tree.apply([{ kind: "remove", path }]);
  const { agent, lines } = recorded.restart();
  assert.equal(lines.at(-1), "detect master", "nobody is waited for");
  assert.equal(agent.state.frameworks.size, 0);
});

test("pings are answered while executors are waited for", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(executorTask("t1", "e1")));
  recorded.keep(recorded.agent.launched("e1"));
  const { agent } = recorded.restart();
  assert.equal(agent.state.phase, "RECOVERING");
  assert.deepEqual(agent.message("PingSlaveMessage", { connected: false }), ["send PongSlaveMessage"]);
});

test("a longer time to come back is granted when it is asked for", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(executorTask("t1", "e1")));
  recorded.keep(recorded.agent.launched("e1"));
  const { lines } = recorded.restart({ executorReregistrationTimeout: 15_000 });
  assert.deepEqual(lines, ["timer executorReregistration 15000"]);
});

test("frameworks and their tasks are recovered side by side", () => {
  const recorded = new Recorded();
  for (const [id, framework] of Object.entries({ t1: FRAMEWORK, t2: "G" })) {
    recorded.keep(recorded.agent.runTask(commandTask(id), { info: { id: { value: framework } } }));
    const [executor] = recorded.agent.state.frameworks.get(framework)?.executors.values() ?? [];
    recorded.keep(
      recorded.agent.input({
        type: "containerLaunched",
        frameworkId: framework,
        executorId: id,
        containerId: executor?.containerId ?? "",
        pid: 78,
      }),
    );
  }
  const { agent } = recorded.restart();
  assert.deepEqual([...agent.state.frameworks.keys()].toSorted(), [FRAMEWORK, "G"]);
  register(agent);
  const kill = { framework_id: { value: "G" }, task_id: { value: "t2" } };
  assert.ok(agent.message("KillTaskMessage", kill).includes("kill SIGTERM"));
});

const config = { max_grace_period: { nanoseconds: 1e9 } };

test("a drain goes on after a restart", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(commandTask("t1")));
  recorded.keep(recorded.agent.launched("t1"));
  recorded.keep(recorded.agent.message("DrainSlaveMessage", { config }));
  const { agent } = recorded.restart();
  assert.deepEqual(agent.state.drainConfig, config);
  const words = 'REASON_AGENT_DRAINING "Task was received while agent was already draining"';
  register(agent);
  assert.equal(agent.runTask(commandTask("t2"))[0], `send update t2 TASK_DROPPED ${words}`);
});

test("a drain that was done but for its last word ends with the restart", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(commandTask("t1")));
  recorded.keep(recorded.agent.launched("t1"));
  recorded.keep(recorded.agent.message("DrainSlaveMessage", { config }));
  recorded.keep(recorded.agent.exited("t1", { signal: 15 }));
  for (let i = 0; i < 2; i++) recorded.keep(recorded.agent.acknowledge("t1"));
  recorded.agent.acknowledge("t1");
  // The machine lost power between the executor's sentinel and the end of the drain.
  recorded.save(
    recorded.agent.effects.filter(
      (effect) => !(effect.type === "checkpoint" && effect.record.kind === "drainConfigRemoved"),
    ),
  );
  assert.deepEqual(readCheckpoints(recorded.tree, RECORDED)?.drainConfig, config);
  const { agent, lines } = recorded.restart();
  assert.ok(lines.includes("checkpoint drainConfigRemoved"));
  assert.equal(agent.state.drainConfig, undefined);
  register(agent);
  assert.ok(agent.runTask(commandTask("t2")).includes("launch t2 as root"), "it takes tasks again");
});

test("an agent that became a new one after a reboot is a new one still when it dies before it registers", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(commandTask("t1")));
  const changed = (): AgentScript => {
    const agent = new AgentScript();
    agent.state.info = { ...agent.state.info, hostname: "other" };
    const read = readCheckpoints(recorded.tree, { ...RECORDED, bootId: "boot-2" });
    agent.input({ type: "recovered", agent: read });
    recorded.save(agent.effects);
    return agent;
  };
  for (let restarts = 0; restarts < 2; restarts++) {
    const agent = changed();
    assert.equal(agent.state.phase, "DISCONNECTED");
    assert.equal(agent.state.info.id, undefined);
  }
});

test("an agent that is ending does not register any more", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1"));
  agent.launched("t1");
  agent.input({ type: "shutdown", unregister: true, message: "m" });
  assert.equal(agent.state.phase, "TERMINATING");
  const register = agent.input({ type: "masterDetected", pid: MASTER });
  const fired = agent.input({ type: "timer", timer: { name: "register" } });
  assert.ok(![...register, ...fired].some((line) => line.includes("egisterSlaveMessage")), fired.join());
});
