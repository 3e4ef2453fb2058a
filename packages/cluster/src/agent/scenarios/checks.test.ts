// Checks and health checks side by side, over time, and in groups. Scenarios that Mesos tests, too; see
// docs/checklists/agent-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskInfo, TaskStatus } from "@mezzo/wire";
import { healthTarget, type ProbeKind, type ProbeResult } from "../checks/probe.ts";
import { AgentScript, commandTask, FRAMEWORK } from "../testing/agent-script.ts";

const command = { type: "COMMAND", command: { value: "health" } } as const;
const check = { type: "COMMAND", command: { command: { value: "check" } } } as const;

class Checked {
  readonly agent = new AgentScript().register();
  readonly #executorId: string;

  constructor(tasks: readonly TaskInfo[], executorId?: string) {
    this.#executorId = executorId ?? tasks[0]?.task_id.value ?? "";
    const info = { checkpoint: false };
    if (executorId === undefined) for (const task of tasks) this.#runTask(task);
    else {
      this.agent.message("RunTaskGroupMessage", {
        framework: { user: "root", name: "f", id: { value: FRAMEWORK }, capabilities: [], ...info },
        executor: { type: "DEFAULT", executor_id: { value: executorId }, framework_id: { value: FRAMEWORK } },
        task_group: { tasks: [...tasks] },
        launch_executor: true,
      });
      this.#launched(this.agent.executor(executorId).containerId);
      for (const task of tasks) this.#launched(this.#containerOf(task.task_id.value));
    }
    for (const { task_id } of tasks) for (let i = 0; i < 2; i++) this.agent.acknowledge(task_id.value);
  }

  #runTask(task: TaskInfo): void {
    this.agent.runTask(task, { info: { checkpoint: false } });
    this.agent.launched(task.task_id.value);
  }

  #launched(containerId: string): void {
    this.agent.input({
      type: "containerLaunched",
      frameworkId: FRAMEWORK,
      executorId: this.#executorId,
      containerId,
      pid: 5,
    });
  }

  #containerOf(taskId: string): string {
    const { group, containerId } = this.agent.executor(this.#executorId);
    return [...(group?.runs.values() ?? [])].find((run) => run.taskId === taskId)?.containerId ?? containerId;
  }

  result(taskId: string, kind: ProbeKind, outcome: ProbeResult): string[] {
    const lines = this.agent.input({
      type: "probeCompleted",
      kind,
      frameworkId: FRAMEWORK,
      executorId: this.#executorId,
      containerId: this.#containerOf(taskId),
      result: outcome,
    });
    this.agent.acknowledge(taskId);
    return lines;
  }

  last(taskId: string): TaskStatus | undefined {
    const { launchedTasks, terminatedTasks } = this.agent.executor(this.#executorId);
    return (launchedTasks.get(taskId) ?? terminatedTasks.get(taskId))?.statuses?.at(-1);
  }
}

test("a check and a health check of one task do not hide each other", () => {
  const task = new Checked([commandTask("t1", { check, health_check: command })]);
  task.result("t1", "check", { exitCode: 3 });
  task.result("t1", "health", { exitCode: 0 });
  assert.equal(task.last("t1")?.healthy, true);
  assert.deepEqual(task.last("t1")?.check_status, { type: "COMMAND", command: { exit_code: 3 } });
  task.result("t1", "check", { exitCode: 4 });
  assert.equal(task.last("t1")?.healthy, true);
  assert.deepEqual(task.last("t1")?.check_status, { type: "COMMAND", command: { exit_code: 4 } });
});

test("a check that times out after a success is reported as empty", () => {
  const task = new Checked([commandTask("t1", { check })]);
  task.result("t1", "check", { exitCode: 0 });
  task.result("t1", "check", { error: "Command timed out after 1secs" });
  assert.deepEqual(task.last("t1")?.check_status, { type: "COMMAND", command: {} });
  assert.equal(task.last("t1")?.reason, "REASON_TASK_CHECK_STATUS_UPDATED");
});

test("failures after a success count within the grace period, too", () => {
  const health_check = { ...command, grace_period_seconds: 100, consecutive_failures: 2 };
  const task = new Checked([commandTask("t1", { health_check })]);
  task.result("t1", "health", { exitCode: 1 });
  assert.equal(task.last("t1")?.healthy, undefined, "the grace period covers it");
  task.result("t1", "health", { exitCode: 0 });
  task.result("t1", "health", { exitCode: 1 });
  assert.equal(task.last("t1")?.healthy, false);
  assert.ok(task.result("t1", "health", { exitCode: 1 }).includes("kill SIGTERM"));
});

test("each task of a group has its own check", () => {
  const group = new Checked([commandTask("a", { check }), commandTask("b", { check })], "d");
  group.result("a", "check", { exitCode: 1 });
  group.result("b", "check", { exitCode: 2 });
  assert.deepEqual(group.last("a")?.check_status, { type: "COMMAND", command: { exit_code: 1 } });
  assert.deepEqual(group.last("b")?.check_status, { type: "COMMAND", command: { exit_code: 2 } });
});

test("a task of a group that fails its health check takes the group along", () => {
  const health_check = { ...command, grace_period_seconds: 0, consecutive_failures: 1 };
  const group = new Checked([commandTask("a", { health_check }), commandTask("b")], "d");
  assert.ok(group.result("a", "health", { exitCode: 1 }).includes("kill SIGTERM"));
  assert.equal(group.last("a")?.healthy, false);
});

test("a health check without a type is what its part says", () => {
  assert.deepEqual(healthTarget({ http: { port: 80, path: "/h" } }), {
    type: "HTTP",
    scheme: "http",
    host: "127.0.0.1",
    port: 80,
    path: "/h",
  });
  assert.equal(healthTarget({ tcp: { port: 80 } })?.type, "TCP");
});

test("the check of a member runs as the member's user, in the member's sandbox", () => {
  const task = commandTask("a", { check, command: { value: "true", user: "nobody" } });
  const { agent } = new Checked([task], "d");
  const [containerId = ""] = agent.executor("d").group?.runs.keys() ?? [];
  const timer = {
    name: "probe",
    kind: "check",
    frameworkId: FRAMEWORK,
    executorId: "d",
    containerId,
  } as const;
  agent.input({ type: "timer", timer });
  const effect = agent.effects.find((one) => one.type === "runProbe");
  assert.ok(effect?.type === "runProbe");
  assert.equal(effect.user, "nobody");
  assert.ok(effect.sandbox.endsWith(`/containers/${containerId}`));
});
