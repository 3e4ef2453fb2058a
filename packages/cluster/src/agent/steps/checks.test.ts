// Checks and health checks of command tasks.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskInfo } from "@mezzo/wire";
import type { ProbeKind, ProbeResult } from "../checks/probe.ts";
import { AgentScript, commandTask, FRAMEWORK } from "../testing/agent-script.ts";

function running(task: Partial<TaskInfo>): AgentScript {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1", task), { info: { checkpoint: false } });
  agent.launched("t1");
  for (let i = 0; i < 2; i++) agent.acknowledge("t1");
  return agent;
}

const path = (agent: AgentScript): { frameworkId: string; executorId: string; containerId: string } => ({
  frameworkId: FRAMEWORK,
  executorId: "t1",
  containerId: agent.executor("t1").containerId,
});

const due = (agent: AgentScript, kind: ProbeKind): string[] =>
  agent.input({ type: "timer", timer: { name: "probe", kind, ...path(agent) } });

/** The lines of a result; its update is acknowledged at once. */
function result(agent: AgentScript, kind: ProbeKind, outcome: ProbeResult): string[] {
  const lines = agent.input({ type: "probeCompleted", kind, ...path(agent), result: outcome });
  agent.acknowledge("t1");
  return lines.filter((line) => !line.startsWith("timer update"));
}

const command = { type: "COMMAND", command: { value: "check" } } as const;

test("startProbes() waits the check's delay, probeDue() tries with its target", () => {
  const agent = new AgentScript().register();
  agent.runTask(commandTask("t1", { check: { type: "TCP", tcp: { port: 80 }, delay_seconds: 0.5 } }));
  assert.ok(agent.launched("t1").includes("timer probe 500"));
  assert.deepEqual(due(agent, "check"), ["probe check TCP"]);
  const effect = agent.effects[0];
  assert.ok(effect?.type === "runProbe");
  assert.deepEqual(effect.target, { type: "TCP", host: "127.0.0.1", port: 80 });
  assert.equal(effect.timeoutMs, 20_000);
});

test("a check by command without a delay is tried before the command starts, and told after TASK_RUNNING", () => {
  const agent = new AgentScript().register();
  const health_check = { ...command, delay_seconds: 0, grace_period_seconds: 0, interval_seconds: 1 };
  agent.runTask(commandTask("t1", { health_check }), { info: { checkpoint: false } });
  const launch = agent.effects.find((effect) => effect.type === "launchContainer");
  const [first] = launch?.firstProbes ?? [];
  assert.deepEqual(
    [first?.kind, first?.target],
    ["health", { type: "COMMAND", command: { value: "check" } }],
  );
  agent.launched("t1", 77, [{ kind: "health", result: { exitCode: 1 } }]);
  assert.deepEqual(
    agent
      .executor("t1")
      .launchedTasks.get("t1")
      ?.statuses?.map(({ state, healthy }) => `${state} ${healthy}`),
    ["TASK_STARTING undefined", "TASK_RUNNING false"],
  );
  const none = new AgentScript().register();
  none.runTask(commandTask("t1", { health_check: { ...health_check, delay_seconds: 0.1 } }));
  const other = none.effects.find((effect) => effect.type === "launchContainer");
  assert.equal(other?.firstProbes, undefined);
});

test("a check is reported when its result changes", () => {
  const agent = running({ check: { ...command, command: { command: { value: "check" } } } });
  const update = "send update t1 TASK_RUNNING REASON_TASK_CHECK_STATUS_UPDATED";
  assert.deepEqual(result(agent, "check", { error: "no" }), ["timer probe 10000"], "as empty as before");
  assert.deepEqual(result(agent, "check", { exitCode: 0 }), [update, "timer probe 10000"]);
  assert.deepEqual(result(agent, "check", { exitCode: 0 }), ["timer probe 10000"]);
  assert.deepEqual(result(agent, "check", { exitCode: 4 }), [update, "timer probe 10000"]);
  const last = agent.executor("t1").launchedTasks.get("t1")?.statuses?.at(-1);
  assert.deepEqual(last?.check_status, { type: "COMMAND", command: { exit_code: 4 } });
});

test("a health check is reported on its first success, on each failure, and on recovery", () => {
  const agent = running({ health_check: { ...command, grace_period_seconds: 0, consecutive_failures: 3 } });
  const update = "send update t1 TASK_RUNNING REASON_TASK_HEALTH_CHECK_STATUS_UPDATED";
  const healthy = (): boolean | undefined =>
    agent.executor("t1").launchedTasks.get("t1")?.statuses?.at(-1)?.healthy;
  assert.deepEqual(result(agent, "health", { exitCode: 0 }), [update, "timer probe 10000"]);
  assert.equal(healthy(), true);
  assert.deepEqual(result(agent, "health", { exitCode: 0 }), ["timer probe 10000"]);
  assert.deepEqual(result(agent, "health", { exitCode: 1 }), [update, "timer probe 10000"]);
  assert.equal(healthy(), false);
  assert.deepEqual(result(agent, "health", { exitCode: 0 }), [update, "timer probe 10000"]);
});

test("a task that fails its health check too often is killed and ends as unhealthy", () => {
  const agent = running({ health_check: { ...command, grace_period_seconds: 0, consecutive_failures: 2 } });
  result(agent, "health", { error: "timed out" });
  const lines = result(agent, "health", { exitCode: 1 });
  assert.deepEqual(lines.slice(1), [
    "cancel probe",
    "cancel probes",
    "timer commandKill 3000",
    "kill SIGTERM",
  ]);
  assert.deepEqual(result(agent, "health", { exitCode: 0 }), [], "results that come too late");
  agent.exited("t1", { signal: 15 });
  assert.equal(agent.executor("t1").terminatedTasks.get("t1")?.statuses?.at(-1)?.healthy, false);
});

test("failures within the grace period do not count", () => {
  const agent = running({ health_check: { ...command, grace_period_seconds: 5, consecutive_failures: 1 } });
  assert.deepEqual(result(agent, "health", { exitCode: 1 }), ["timer probe 10000"]);
  agent.now += 5001;
  assert.ok(result(agent, "health", { exitCode: 1 }).includes("kill SIGTERM"));
});

const ANSWERS = [
  { statusCode: 199, healthy: false },
  { statusCode: 200, healthy: true },
  { statusCode: 399, healthy: true },
  { statusCode: 400, healthy: false },
];
for (const { statusCode, healthy } of ANSWERS) {
  test(`an HTTP health check takes ${statusCode} for ${healthy ? "healthy" : "unhealthy"}`, () => {
    const check = { type: "HTTP", http: { port: 80, path: "/h" }, grace_period_seconds: 0 } as const;
    const agent = running({ health_check: check });
    result(agent, "health", { statusCode });
    assert.equal(agent.executor("t1").launchedTasks.get("t1")?.statuses?.at(-1)?.healthy, healthy);
  });
}
