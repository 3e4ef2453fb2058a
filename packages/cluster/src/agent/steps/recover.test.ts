// Recovery from checkpoints, replayed from what an earlier agent wrote.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCheckpoints } from "../checkpoint/read.ts";
import type { AgentEffect } from "../effects.ts";
import { AgentScript, commandTask, executorTask, FRAMEWORK, MASTER } from "../testing/agent-script.ts";
import { memberExited, memberLaunched, runGroup, sandboxPrepared } from "../testing/group-script.ts";
import { RECORDED as context, Recorded } from "../testing/recorded.ts";

function withCommand(more = {}): Recorded {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(commandTask("t1", more)));
  recorded.keep(recorded.agent.launched("t1"));
  recorded.keep(recorded.agent.acknowledge("t1"));
  return recorded;
}

function isSentinel(effect: AgentEffect): boolean {
  return effect.type === "checkpoint" && effect.record.kind === "sentinel";
}

const register = (agent: AgentScript): string[] => {
  agent.input({ type: "masterDetected", pid: MASTER });
  return agent.message("SlaveReregisteredMessage", { agent_id: { value: "A" } });
};

test("a command task goes on, its pending update is sent again, its exit code arrives", () => {
  const { agent, lines } = withCommand().restart();
  assert.deepEqual(lines, [
    "timer executorReregistration 2000",
    "cancel executorReregistration",
    "checkpoint bootId",
    "detect master",
  ]);
  assert.ok(register(agent).includes("send update t1 TASK_RUNNING"));
  assert.equal(agent.executor("t1").launchedTasks.get("t1")?.state, "TASK_RUNNING");
  assert.ok(agent.exited("t1", { exitCode: 5 }).includes("checkpoint update TASK_FAILED"));
  assert.equal(agent.acknowledge("t1")[1], 'send update t1 TASK_FAILED "Command exited with status 5"');
});

test("a kill and a completion limit survive the restart", () => {
  const killed = withCommand();
  const body = { framework_id: { value: FRAMEWORK }, task_id: { value: "t1" } };
  killed.keep(killed.agent.message("KillTaskMessage", body));
  const after = killed.restart();
  assert.equal(after.lines[0], "timer commandKill 2000");
  register(after.agent);
  after.agent.exited("t1", { signal: 15 });
  assert.match(after.agent.acknowledge("t1")[1] ?? "", /TASK_KILLED/);
  const limited = withCommand({ max_completion_time: { nanoseconds: 5e9 } }).restart();
  assert.equal(limited.lines[0], "timer commandCompletion 4000");
});

test("a finished and acknowledged executor is history", () => {
  const recorded = withCommand();
  recorded.keep(recorded.agent.acknowledge("t1"));
  recorded.keep(recorded.agent.exited("t1", { exitCode: 0 }));
  recorded.keep(recorded.agent.acknowledge("t1"));
  const { agent } = recorded.restart();
  assert.equal(agent.state.frameworks.size, 0);
  assert.equal(agent.state.completedFrameworks[0]?.completedExecutors[0]?.id, "t1");
});

test("what is over of an executor that goes on is removed in its time: earlier runs, acknowledged tasks", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(executorTask("t1", "e1")));
  recorded.keep(recorded.agent.launched("e1"));
  recorded.keep(recorded.agent.exited("e1", { exitCode: 1 }));
  recorded.keep(recorded.agent.acknowledge("t1"));
  recorded.keep(recorded.agent.runTask(executorTask("t2", "e1")));
  recorded.keep(recorded.agent.launched("e1"));
  const { lines } = recorded.restart();
  assert.equal(lines[0], "garbage 2");
});

test("runs that are over are known until they are removed, also of what is no longer shown", () => {
  const recorded = new Recorded();
  const ids: string[] = [];
  for (const task of ["t1", "t2", "t3"]) {
    recorded.keep(recorded.agent.runTask(executorTask(task, "e1")));
    recorded.keep(recorded.agent.launched("e1"));
    ids.push(recorded.agent.executor("e1").containerId);
    recorded.keep(recorded.agent.exited("e1", { exitCode: 1 }));
    recorded.keep(recorded.agent.acknowledge(task));
  }
  const { agent } = recorded.restart({ maxCompletedExecutorsPerFramework: 0 });
  const runs = agent.state.endedRuns.of({ frameworkId: FRAMEWORK, executorId: "e1" });
  assert.deepEqual(
    runs.map(({ containerId, user }) => [containerId, user]),
    ids.map((id) => [id, "root"]),
  );
});

test("one executor that has nothing left does not end the framework of the others", () => {
  const recorded = new Recorded();
  const { agent: before } = recorded;
  recorded.keep(runGroup(before, [commandTask("a")]));
  recorded.keep(sandboxPrepared(before));
  recorded.keep(memberLaunched(before, "a"));
  recorded.keep(before.runTask(commandTask("t1")));
  recorded.keep(before.launched("t1"));
  recorded.keep(memberExited(before, "a", { exitCode: 0 }));
  while (before.state.streams.has(`${FRAMEWORK}\0a`)) {
    before.acknowledge("a");
    // It dies before it can write down that the executor is over.
    recorded.save(before.effects.filter((effect) => !isSentinel(effect)));
  }
  const { agent } = recorded.restart();
  assert.deepEqual([...(agent.state.frameworks.get(FRAMEWORK)?.executors.keys() ?? [])], ["t1"]);
  register(agent);
  assert.ok(agent.exited("t1", { exitCode: 0 }).includes("checkpoint update TASK_FINISHED"));
});

test("a custom executor is waited for, then destroyed", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(executorTask("t1", "e1")));
  recorded.keep(recorded.agent.launched("e1"));
  const { agent, lines } = recorded.restart();
  assert.deepEqual(lines, ["timer executorReregistration 2000"]);
  assert.equal(agent.state.phase, "RECOVERING");
  assert.deepEqual(agent.input({ type: "timer", timer: { name: "executorReregistration" } }), [
    "destroy",
    "cancel executorReregistration",
    "checkpoint bootId",
    "detect master",
  ]);
  agent.exited("e1", { signal: 9 });
  const words = 'REASON_EXECUTOR_REREGISTRATION_TIMEOUT "Executor did not reregister within 2secs"';
  assert.ok(register(agent).includes(`send update t1 TASK_GONE ${words}`));
});

test("a custom executor that subscribes again goes on; what it never saw is dropped", () => {
  const recorded = new Recorded();
  recorded.keep(recorded.agent.runTask(executorTask("t1", "e1")));
  recorded.keep(recorded.agent.launched("e1"));
  const ids = { framework_id: { value: FRAMEWORK }, executor_id: { value: "e1" } };
  const subscribe = (unacknowledged: boolean): string[] => {
    const { agent } = recorded.restart();
    const task = executorTask("t1", "e1");
    const call = {
      type: "SUBSCRIBE",
      ...ids,
      subscribe: unacknowledged ? { unacknowledged_tasks: [task] } : {},
    } as const;
    return agent.input({ type: "executorSubscribed", connectionId: "c", call });
  };
  assert.ok(subscribe(true).includes("event SUBSCRIBED"));
  assert.ok(!subscribe(true).some((line) => line.includes("LAUNCH")));
  assert.ok(subscribe(true).includes("detect master"), "nothing is left to wait for");
  assert.ok(subscribe(false).includes("checkpoint update TASK_DROPPED"));
});

test("a changed configuration is refused under the policy equal, and forgotten after a reboot", () => {
  const options = { hostname: "other" };
  const recorded = withCommand();
  const changed = (boot?: string): { agent: AgentScript; lines: string[] } => {
    const agent = new AgentScript(options);
    agent.state.info = { ...agent.state.info, hostname: "other" };
    const read = readCheckpoints(recorded.tree, { ...context, bootId: boot ?? context.bootId });
    return { agent, lines: agent.input({ type: "recovered", agent: read }) };
  };
  assert.deepEqual(changed().lines, ["exit 1"]);
  const rebooted = changed("boot-2");
  assert.deepEqual(rebooted.lines, ["checkpoint forgetAgent", "checkpoint bootId", "detect master"]);
  assert.equal(rebooted.agent.state.info.id, undefined);
});

test("readCheckpoints() takes files cut off at any byte for what was written before them", () => {
  const recorded = withCommand();
  const path = recorded.tree.paths().find((one) => one.endsWith("task.updates")) ?? "";
  const whole = recorded.tree.read(path) ?? new Uint8Array();
  let last = -1;
  for (let length = 0; length <= whole.length; length++) {
    recorded.tree.put(path, whole.subarray(0, length));
    const task = readCheckpoints(recorded.tree, context)?.frameworks[0]?.executors[0]?.tasks[0];
    const records = (task?.updates.length ?? 0) + (task?.acknowledged.size ?? 0);
    assert.ok(records >= last, "records appear one by one");
    last = records;
  }
  assert.equal(last, 3);
});

test("readCheckpoints() takes an empty slave.info for a new agent and names what makes no sense", () => {
  const recorded = withCommand();
  const path = "/w/meta/slaves/A/slave.info";
  recorded.tree.put(path, new Uint8Array());
  assert.equal(readCheckpoints(recorded.tree, context)?.info, undefined);
  recorded.tree.put(path, Buffer.from([2, 0, 0, 0, 255, 255]));
  assert.match(readCheckpoints(recorded.tree, context)?.errors[0] ?? "", /Failed to read AgentInfo/);
});

test("after a reboot what ran has failed, and nobody is waited for", () => {
  const words = 'REASON_EXECUTOR_TERMINATED "Abnormal executor termination: unknown container"';
  const command = withCommand();
  command.keep(command.agent.acknowledge("t1"));
  const { agent, lines } = command.restart({}, "boot-2");
  assert.ok(lines.includes("checkpoint update TASK_FAILED") && lines.includes("detect master"));
  assert.ok(register(agent).includes(`send update t1 TASK_FAILED ${words}`));

  const custom = new Recorded();
  custom.keep(custom.agent.runTask(executorTask("t2", "e2")));
  custom.keep(custom.agent.launched("e2"));
  const after = custom.restart({}, "boot-2");
  assert.equal(after.agent.state.phase, "DISCONNECTED");
  assert.ok(register(after.agent).includes(`send update t2 TASK_FAILED ${words}`));
});

test("an agent that cleans up after a reboot has nothing to wait for", () => {
  const { lines } = withCommand().restart({ recover: "cleanup" }, "boot-2");
  assert.equal(lines.at(-1), "exit 0");
});

test("readCheckpoints() bears what other versions wrote, and names what is not about runs", () => {
  const recorded = withCommand({ max_completion_time: { nanoseconds: 5e9 } });
  const path = recorded.tree.paths().find((one) => one.endsWith("commands.json")) ?? "";
  const written = JSON.parse(Buffer.from(recorded.tree.read(path) ?? []).toString());
  const read = (value: unknown): ReturnType<typeof readCheckpoints> => {
    recorded.tree.put(path, Buffer.from(JSON.stringify(value)));
    return readCheckpoints(recorded.tree, context);
  };
  const [{ taskId, containerId }] = written.runs;
  const older = read({ runs: [{ taskId, containerId, later: { unknown: 1 } }], more: true });
  assert.deepEqual(older?.errors, []);
  assert.equal(older?.frameworks[0]?.executors[0]?.commands?.runs[0]?.phase, "RUNNING");
  for (const nonsense of [null, {}, { runs: 1 }, { runs: [{ taskId }] }, []]) {
    assert.match(read(nonsense)?.errors[0] ?? "", /Failed to read '.*commands\.json'/);
  }
});

test("readCheckpoints() notes what the disk does not give", () => {
  const recorded = withCommand();
  const { tree } = recorded;
  const failing = {
    list: (path: string) => tree.list(path),
    readLink: (path: string) => tree.readLink(path),
    read: (path: string) => {
      if (path.endsWith("executor.info")) throw new Error("EIO: i/o error, read");
      return tree.read(path);
    },
  };
  const found = readCheckpoints(failing, context);
  assert.match(found?.errors[0] ?? "", /Failed to read '.*executor\.info': /);
  assert.deepEqual(found?.frameworks[0]?.executors, []);
});
