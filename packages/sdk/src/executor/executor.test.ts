// The executor client: what it subscribes with, repeats, keeps, and when it shuts down.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ExecutorEvent, TaskInfo } from "@mezzo/wire";
import { FakeServer, ManualClock, settle } from "../testing.ts";
import { Executor } from "./executor.ts";
import { readExecutorEnvironment } from "./executor-environment.ts";

const variables = {
  MESOS_AGENT_ENDPOINT: "127.0.0.1:5051",
  MESOS_FRAMEWORK_ID: "F",
  MESOS_EXECUTOR_ID: "E",
  MESOS_CHECKPOINT: "1",
  MESOS_RECOVERY_TIMEOUT: "1mins",
  MESOS_SUBSCRIPTION_BACKOFF_MAX: "2secs",
  MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD: "5secs",
};

const task: TaskInfo = { name: "t", task_id: { value: "t" }, agent_id: { value: "S" } };
const subscribed = {
  type: "SUBSCRIBED",
  subscribed: {
    executor_info: { executor_id: { value: "E" } },
    framework_info: { user: "u", name: "n" },
    agent_info: { hostname: "h" },
  },
} satisfies ExecutorEvent;

async function subscribe(more: Record<string, string> = {}) {
  const environment = readExecutorEnvironment({ ...variables, ...more });
  assert.ok(environment.ok);
  const server = new FakeServer();
  const clock = new ManualClock();
  const executor = new Executor(
    { environment: environment.value },
    { transport: server, clock, random: () => 0.5 },
  );
  const running = executor.run();
  await settle();
  await server.stream.send("ExecutorEvent", subscribed);
  return { server, clock, executor, running };
}

void describe("readExecutorEnvironment()", () => {
  void it("reads what an agent sets", () => {
    assert.deepEqual(readExecutorEnvironment(variables), {
      ok: true,
      value: {
        agentOrigin: "http://127.0.0.1:5051",
        frameworkId: "F",
        executorId: "E",
        directory: undefined,
        checkpoint: true,
        recoveryTimeoutMs: 60_000,
        maxBackoffMs: 2000,
        shutdownGracePeriodMs: 5000,
        token: undefined,
      },
    });
  });

  void it("says what is missing or wrong", () => {
    const { MESOS_EXECUTOR_ID: _, ...without } = variables;
    const missing = readExecutorEnvironment(without);
    assert.match(missing.ok ? "" : missing.error, /^Cannot start an executor: MESOS_EXECUTOR_ID is not set/);
    const wrong = readExecutorEnvironment({ ...variables, MESOS_RECOVERY_TIMEOUT: "soon" });
    assert.match(wrong.ok ? "" : wrong.error, /^Cannot use MESOS_RECOVERY_TIMEOUT=soon: /);
  });
});

void describe("Executor", () => {
  void it("subscribes with its ids and reports states", async () => {
    const { server, executor } = await subscribe();
    executor.on("LAUNCH", ({ task }) =>
      executor.update({ task_id: task.task_id, state: "TASK_RUNNING" }).then(() => undefined),
    );
    await server.stream.send("ExecutorEvent", { type: "LAUNCH", launch: { task } });
    const call = server.calls[0]?.call;
    assert.deepEqual([call?.type, call?.executor_id.value, call?.framework_id.value], ["UPDATE", "E", "F"]);
    const status = call?.update?.status;
    assert.deepEqual(
      [status?.state, status?.source, status?.timestamp],
      ["TASK_RUNNING", "SOURCE_EXECUTOR", 0],
    );
    assert.equal(Buffer.from(status?.uuid ?? "", "base64").length, 16);
    executor.stop();
  });

  void it("repeats what is not acknowledged when the agent is back", async () => {
    const { server, clock, executor } = await subscribe();
    await server.stream.send("ExecutorEvent", { type: "LAUNCH", launch: { task } });
    await executor.update({ task_id: task.task_id, state: "TASK_STARTING" });
    await executor.update({ task_id: task.task_id, state: "TASK_RUNNING" });
    const [starting, running] = server.calls.map(({ call }) => call.update?.status.uuid ?? "");
    await server.stream.end();
    await clock.advance(1000);
    assert.deepEqual(server.subscribes[1]?.call.subscribe, {
      unacknowledged_tasks: [task],
      unacknowledged_updates: server.calls.map(({ call }) => call.update),
    });
    await server.stream.send("ExecutorEvent", subscribed, {
      type: "ACKNOWLEDGED",
      acknowledged: { task_id: task.task_id, uuid: starting ?? "" },
    });
    await server.stream.end();
    await clock.advance(1000);
    const again = server.subscribes[2]?.call.subscribe as unknown as Record<string, { status: unknown }[]>;
    assert.deepEqual(again["unacknowledged_tasks"], []);
    assert.equal(again["unacknowledged_updates"]?.length, 1);
    assert.ok(JSON.stringify(again["unacknowledged_updates"]).includes(running ?? "-"));
    executor.stop();
  });

  void it("keeps an update that cannot be sent for the next subscription", async () => {
    const { server, clock, executor } = await subscribe();
    await server.stream.end();
    const result = await executor.update({ task_id: task.task_id, state: "TASK_FINISHED" });
    assert.equal(result.ok, false);
    await clock.advance(1000);
    assert.match(JSON.stringify(server.subscribes[1]?.call), /TASK_FINISHED/);
    executor.stop();
  });

  void it("shuts down when the agent is away for too long", async () => {
    const { server, clock, executor, running } = await subscribe();
    let shutdowns = 0;
    executor.on("SHUTDOWN", () => void (shutdowns += 1));
    for (let attempt = 0; attempt < 100; attempt += 1) server.queue.push("down");
    await server.stream.end();
    await clock.advance(59_000);
    assert.equal(shutdowns, 0);
    await clock.advance(1000);
    await running;
    assert.equal(shutdowns, 1);
  });

  void it("shuts down at once without checkpointing", async () => {
    const { server, executor, running } = await subscribe({ MESOS_CHECKPOINT: "0" });
    let shutdowns = 0;
    executor.on("SHUTDOWN", () => void (shutdowns += 1));
    await server.stream.end();
    await running;
    assert.equal(shutdowns, 1);
  });

  void it("waits for the handlers of SHUTDOWN", async () => {
    const { server, executor, running } = await subscribe();
    executor.on("SHUTDOWN", async () => {
      await executor.update({ task_id: task.task_id, state: "TASK_KILLED" });
    });
    await server.stream.send("ExecutorEvent", { type: "SHUTDOWN" });
    await running;
    assert.deepEqual(server.callTypes, ["UPDATE"]);
  });
});
