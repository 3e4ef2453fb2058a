// An agent's way through the master: registration, silence, loss, return, removal.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentInfo, FrameworkInfo, ReregisterSlaveMessage, Task } from "@mezzo/wire";
import type { MessageInput } from "../inputs.ts";
import {
  executorTask,
  launch,
  registerAgent,
  scalar,
  subscribe,
  task,
  updateOf,
  uuid,
} from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const AGENT = "slave(1)@127.0.0.1:5051";

/** What the agent says when it comes back with these tasks. */
function comeBack(agentId: string, info: FrameworkInfo, tasks: Task[]): ReregisterSlaveMessage {
  return {
    agent: {
      id: { value: agentId },
      hostname: "host",
      port: 5051,
      resources: [scalar("cpus", 4), scalar("mem", 1024)],
    },
    version: "1.11.0",
    agent_capabilities: [
      { type: "MULTI_ROLE" },
      { type: "HIERARCHICAL_ROLE" },
      { type: "RESERVATION_REFINEMENT" },
    ],
    frameworks: [info],
    tasks,
  };
}

/** A stage with one running task. */
function running(info: Partial<FrameworkInfo>) {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage, { failover_timeout: 60, ...info });
  launch(stage, framework, [task("t", agentId)]);
  const ids = { frameworkId: framework.id, agentId, taskId: "t" };
  stage.message("StatusUpdateMessage", AGENT, { update: updateOf(ids, "TASK_RUNNING"), pid: AGENT });
  const record = stage.state.frameworks.registered.get(framework.id)?.tasks.get("t");
  assert.ok(record !== undefined);
  const full: FrameworkInfo = { ...framework.info, id: { value: framework.id } };
  return { stage, agentId, framework, body: comeBack(agentId, full, [{ ...record }]) };
}

test("registerAgent() answers only once the registry has the agent", () => {
  const stage = new Stage();
  registerAgent(stage);
  const kinds = stage.effects.map(({ type }) => type);
  const answered = stage.effects.findIndex(
    (effect) => effect.type === "send-message" && effect.name === "SlaveRegisteredMessage",
  );
  assert.ok(kinds.indexOf("persist") < answered);
  assert.deepEqual(stage.sent("SlaveRegisteredMessage"), [
    { agent_id: { value: "m-S0" }, connection: { total_ping_timeout_seconds: 75 } },
  ]);
});

test("registerAgent() answers a retry with the same id", () => {
  const stage = new Stage();
  registerAgent(stage);
  registerAgent(stage);
  assert.deepEqual(
    stage.sent("SlaveRegisteredMessage").map(({ agent_id }) => agent_id.value),
    ["m-S0"],
  );
  assert.equal(stage.state.agents.registered.size, 1);
});

test("registerAgent() ignores agents that are too old or say no version", () => {
  const stage = new Stage();
  for (const version of ["0.28.2", "", "x.y"]) {
    const agent = { hostname: "host", resources: [scalar("cpus", 1)] };
    assert.deepEqual(stage.message("RegisterSlaveMessage", AGENT, { agent, version }), []);
  }
  assert.equal(stage.state.agents.registered.size, 0);
});

for (const requireAgentDomain of [true, false]) {
  test(`registerAgent() lets agents without a domain in unless one is required: ${requireAgentDomain}`, () => {
    const domain = { fault_domain: { region: { name: "north" }, zone: { name: "z" } } };
    const stage = new Stage({ domain, requireAgentDomain });
    const register = (hostname: string, more: Partial<AgentInfo>): void => {
      const agent = { hostname, resources: [scalar("cpus", 1)], ...more };
      stage.message("RegisterSlaveMessage", `slave(1)@${hostname}:5051`, { agent, version: "1.11.0" });
    };
    register("10.0.0.1", {});
    register("10.0.0.2", { domain });
    const admitted = [...stage.state.agents.registered.values()].map(({ info }) => info.hostname);
    assert.deepEqual(admitted, requireAgentDomain ? ["10.0.0.2"] : ["10.0.0.1", "10.0.0.2"]);
  });
}

test("pingTimer() gives an agent up after so many pings without an answer", () => {
  const { stage, agentId } = running({ capabilities: [{ type: "MULTI_ROLE" }, { type: "PARTITION_AWARE" }] });
  const tick = (): string[] => stage.take({ type: "timer", timer: "ping", agentId });
  for (let missed = 1; missed < 5; missed++) assert.deepEqual(tick(), []);
  stage.message("PongSlaveMessage", AGENT, {});
  for (let missed = 0; missed < 5; missed++) assert.deepEqual(tick(), []);
  assert.deepEqual(tick(), [
    "UPDATE on stream1 t TASK_UNREACHABLE REASON_AGENT_REMOVED health check timed out",
    "FAILURE on stream1 m-S0",
  ]);
  assert.deepEqual([...stage.state.agents.unreachable.keys()], [agentId]);
});

test("exited() takes an agent's offers back and keeps the tasks of checkpointing frameworks", () => {
  const { stage, agentId, body } = running({ checkpoint: true });
  stage.allocate();
  assert.deepEqual(stage.take({ type: "exited", pid: AGENT }), []);
  stage.now += 6000;
  assert.deepEqual(stage.allocate(), []);
  assert.equal(stage.state.agents.registered.get(agentId)?.connected, false);
  assert.deepEqual(stage.message("ReregisterSlaveMessage", AGENT, body), [
    `SlaveReregisteredMessage to ${AGENT}`,
    `UpdateFrameworkMessage to ${AGENT}`,
    `CheckpointResourcesMessage to ${AGENT}`,
  ]);
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O1"]);
});

test("exited() loses the tasks of frameworks that do not checkpoint", () => {
  const { stage } = running({ checkpoint: false });
  assert.deepEqual(stage.take({ type: "exited", pid: AGENT }), [
    "UPDATE on stream1 t TASK_LOST REASON_AGENT_DISCONNECTED Agent host disconnected",
  ]);
});

test("reregisterAgent() brings an unreachable agent's tasks back", () => {
  const { stage, agentId, framework, body } = running({
    capabilities: [{ type: "MULTI_ROLE" }, { type: "PARTITION_AWARE" }],
  });
  stage.take({ type: "exited", pid: AGENT });
  stage.take({ type: "timer", timer: "agent-reregister", agentId, reregisteredTime: 0 });
  assert.ok(stage.state.agents.unreachable.has(agentId));
  stage.message("ReregisterSlaveMessage", AGENT, body);
  assert.ok(stage.state.agents.registered.has(agentId));
  assert.equal(stage.state.frameworks.registered.get(framework.id)?.tasks.size, 1);
  assert.equal(stage.state.frameworks.registered.get(framework.id)?.unreachableTasks.size, 0);
});

test("reregisterAgent() asks the agent about tasks it does not know", () => {
  const { stage, body } = running({ checkpoint: true });
  stage.message("ReregisterSlaveMessage", AGENT, { ...body, tasks: [] });
  const [answer] = stage.sent("SlaveReregisteredMessage");
  assert.deepEqual(
    answer?.reconciliations?.[0]?.statuses?.map(({ task_id }) => task_id.value),
    ["t"],
  );
});

test("reregisterAgent() frees an executor that the agent does not name once its tasks are gone", () => {
  const { stage, framework, agentId, body } = running({ checkpoint: true });
  const executor = { executor_id: { value: "x" }, command: { value: "x" }, resources: [scalar("cpus", 1)] };
  stage.now += 6000;
  stage.allocate();
  const { command: _command, ...bare } = task("y", agentId);
  launch(stage, framework, [{ ...bare, executor }]);
  const executors = (): unknown =>
    stage.state.agents.registered.get(agentId)?.executors.get(framework.id)?.size;
  stage.message("ReregisterSlaveMessage", AGENT, body);
  assert.equal(executors(), 1, "it may be on its way");
  const ids = { frameworkId: framework.id, agentId, taskId: "y" };
  const lost = updateOf(ids, "TASK_LOST");
  const update = { ...lost, status: { ...lost.status, source: "SOURCE_AGENT" as const } };
  stage.message("StatusUpdateMessage", AGENT, { update, pid: AGENT });
  const acknowledge = { agent_id: { value: agentId }, task_id: { value: "y" }, uuid: uuid(1) };
  const framework_id = { value: framework.id };
  stage.call({ type: "ACKNOWLEDGE", framework_id, acknowledge }, framework.streamId);
  assert.equal(executors(), undefined);
});

test("reregisterAgent() lets a new master learn of frameworks and tasks", () => {
  const { body, agentId } = running({ checkpoint: true });
  const stage = new Stage();
  assert.deepEqual(stage.message("ReregisterSlaveMessage", AGENT, body), [
    `SlaveReregisteredMessage to ${AGENT}`,
  ]);
  const framework = stage.state.frameworks.registered.get("m-0000");
  assert.equal(framework?.state, "recovered");
  assert.equal(framework?.tasks.get("t")?.agent_id.value, agentId);
});

test("unregisterAgent() removes the agent, its tasks and its offers", () => {
  const { stage, agentId } = running({});
  stage.now += 6000;
  stage.allocate();
  assert.deepEqual(stage.message("UnregisterSlaveMessage", AGENT, { agent_id: { value: agentId } }), [
    "UPDATE on stream1 t TASK_LOST REASON_AGENT_REMOVED Agent host removed: the agent unregistered",
    "RESCIND on stream1 m-O1",
    "FAILURE on stream1 m-S0",
  ]);
});

test("markAgentGone() tells the agent to end and never lets it back", () => {
  const { stage, agentId, body } = running({});
  assert.deepEqual(stage.take({ type: "mark-agent-gone", request: 1, agentId }), [
    `ShutdownMessage to ${AGENT}`,
    "UPDATE on stream1 t TASK_LOST REASON_AGENT_REMOVED Agent has been marked gone",
    "FAILURE on stream1 m-S0",
    "answer 200",
  ]);
  assert.deepEqual(stage.message("ReregisterSlaveMessage", AGENT, body), [`ShutdownMessage to ${AGENT}`]);
});

test("recoveredAgentsTimer() gives up agents that the registry names and that do not come back", () => {
  const stage = new Stage();
  const info = { id: { value: "old-S0" }, hostname: "host" };
  stage.take({ type: "recovered", registry: { slaves: { slaves: [{ info }] } } });
  stage.take({ type: "timer", timer: "recovered-agents" });
  assert.deepEqual([...stage.state.agents.unreachable.keys()], ["old-S0"]);
  assert.equal(stage.state.counters.recovery_slave_removals, 1);
});

test("registryGcTimer() forgets agents that have been away for long", () => {
  const stage = new Stage({ registryMaxAgentAge: 1000 });
  const unreachable = { slaves: [{ id: { value: "old-S0" }, timestamp: { nanoseconds: 0 } }] };
  stage.take({ type: "recovered", registry: { unreachable } });
  stage.take({ type: "timer", timer: "registry-gc" });
  assert.equal(stage.state.agents.unreachable.size, 0);
});

test("reregisterAgent() goes by the latest message while the first is being written", () => {
  const { stage, agentId, framework, body } = running({
    capabilities: [{ type: "MULTI_ROLE" }, { type: "PARTITION_AWARE" }],
  });
  stage.take({ type: "exited", pid: AGENT });
  stage.take({ type: "timer", timer: "agent-reregister", agentId, reregisteredTime: 0 });
  const again = (tasks: Task[]): MessageInput => ({
    type: "message",
    name: "ReregisterSlaveMessage",
    from: AGENT,
    body: { ...body, tasks },
  });
  stage.take(again([]), again(body.tasks ?? []));
  assert.deepEqual(
    [...(stage.state.agents.registered.get(agentId)?.tasks.get(framework.id)?.keys() ?? [])],
    ["t"],
  );
});

test("exitedExecutor() counts while the agent's return is being written", () => {
  const { stage, agentId, framework, body } = running({ checkpoint: true });
  stage.take({ type: "exited", pid: AGENT });
  stage.take({ type: "timer", timer: "agent-reregister", agentId, reregisteredTime: 0 });
  const framework_id = { value: framework.id };
  const executors = ["e1", "e2"].map((value) => ({ executor_id: { value }, framework_id }));
  const ids = { executor_id: { value: "e1" }, agent_id: { value: agentId }, framework_id };
  stage.take(
    {
      type: "message",
      name: "ReregisterSlaveMessage",
      from: AGENT,
      body: { ...body, executor_infos: executors },
    },
    { type: "message", name: "ExitedExecutorMessage", from: AGENT, body: { ...ids, status: 0 } },
  );
  const agent = stage.state.agents.registered.get(agentId);
  assert.deepEqual([...(agent?.executors.get(framework.id)?.keys() ?? [])], ["e2"]);
});

test("exitedExecutor() and shutdownExecutor() pass on what concerns executors", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  const executor = { executor_id: { value: "e" }, command: { value: "x" } };
  launch(stage, framework, [executorTask("t", agentId, executor)]);
  const framework_id = { value: framework.id };
  const ids = { executor_id: { value: "e" }, agent_id: { value: agentId } };
  assert.deepEqual(stage.call({ type: "SHUTDOWN", framework_id, shutdown: ids }, framework.streamId), [
    `ShutdownExecutorMessage to ${AGENT}`,
    "answer 202",
  ]);
  assert.deepEqual(stage.message("ExitedExecutorMessage", AGENT, { ...ids, framework_id, status: 9 }), [
    "FAILURE on stream1 m-S0 e",
  ]);
  assert.deepEqual(stage.message("ExitedExecutorMessage", AGENT, { ...ids, framework_id, status: 9 }), []);
});
