// Recovery without checkpoints, registration, pings and lost masters.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AgentScript, MASTER } from "../testing/agent-script.ts";

test("recover() without checkpoints asks for the master", () => {
  const agent = new AgentScript();
  assert.deepEqual(agent.input({ type: "recovered", agent: undefined }), [
    "checkpoint bootId",
    "detect master",
  ]);
  assert.equal(agent.state.phase, "DISCONNECTED");
});

test("detectMaster() registers after a random part of the backoff factor, then retries with doubling bounds", () => {
  const agent = new AgentScript();
  agent.input({ type: "recovered", agent: undefined });
  const register = { type: "timer", timer: { name: "register" } } as const;
  assert.deepEqual(agent.input({ type: "masterDetected", pid: MASTER }), [
    "cancel pingTimeout",
    "timer register 500",
  ]);
  const attempt = [`link ${MASTER}`, "send RegisterSlaveMessage"];
  assert.deepEqual(agent.input(register), [...attempt, "timer register 1000"]);
  assert.deepEqual(agent.input(register), [...attempt, "timer register 2000"]);
  for (let i = 0; i < 8; i++) agent.input(register);
  assert.deepEqual(agent.input(register), [...attempt, "timer register 30000"], "bounded by one minute");
});

test("agentRegistered() takes the id, writes it down, expects pings and sends its state", () => {
  const agent = new AgentScript();
  agent.input({ type: "recovered", agent: undefined });
  agent.input({ type: "masterDetected", pid: MASTER });
  const message = { agent_id: { value: "A" }, connection: { total_ping_timeout_seconds: 3 } };
  assert.deepEqual(agent.message("SlaveRegisteredMessage", message, "master@10.0.0.9:1"), []);
  assert.deepEqual(agent.message("SlaveRegisteredMessage", message), [
    "checkpoint agent",
    "cancel register",
    "timer pingTimeout 3000",
    "send UpdateSlaveMessage",
  ]);
  assert.equal(agent.state.info.id?.value, "A");
  assert.deepEqual(agent.message("SlaveRegisteredMessage", message), ["send UpdateSlaveMessage"]);
  const other = { agent_id: { value: "B" } };
  assert.deepEqual(agent.message("SlaveRegisteredMessage", other), ["exit 1"]);
  agent.message("PingSlaveMessage", { connected: false });
  assert.deepEqual(
    agent.message("SlaveRegisteredMessage", other),
    ["exit 1"],
    "also while it is disconnected",
  );
  assert.equal(agent.state.info.id?.value, "A");
});

test("ping() answers, and registers again when the master takes the agent for disconnected", () => {
  const agent = new AgentScript().register();
  assert.deepEqual(agent.message("PingSlaveMessage", { connected: true }), [
    "timer pingTimeout 75000",
    "send PongSlaveMessage",
  ]);
  assert.deepEqual(agent.message("PingSlaveMessage", { connected: false }), [
    "detect master",
    "send PongSlaveMessage",
  ]);
});

test("a silent, broken or lost master is looked for again", () => {
  const silent = new AgentScript().register();
  assert.deepEqual(silent.input({ type: "timer", timer: { name: "pingTimeout" } }), ["detect master"]);
  const broken = new AgentScript().register();
  assert.deepEqual(broken.input({ type: "linkBroken", pid: "master@10.0.0.9:1" }), []);
  assert.deepEqual(broken.input({ type: "linkBroken", pid: MASTER }), [
    "cancel pingTimeout",
    "detect master",
  ]);
  assert.deepEqual(broken.input({ type: "linkBroken", pid: MASTER }), [], "once is enough");
  broken.input({ type: "masterDetected", pid: MASTER });
  assert.deepEqual(broken.input({ type: "timer", timer: { name: "register" } }), [
    `link ${MASTER}`,
    "send ReregisterSlaveMessage",
    "timer register 1000",
  ]);
  const lost = new AgentScript().register();
  assert.deepEqual(lost.input({ type: "masterDetected", pid: undefined }), [
    "cancel pingTimeout",
    "cancel register",
  ]);
});

test("agentReregistered() reports tasks it does not know as dropped, or lost to older frameworks", () => {
  const agent = new AgentScript().register();
  agent.input({ type: "masterDetected", pid: MASTER });
  const statuses = [{ task_id: { value: "t9" }, state: "TASK_RUNNING" as const }];
  const info = { user: "u", name: "n", capabilities: [{ type: "PARTITION_AWARE" as const }] };
  const lines = agent.message("SlaveReregisteredMessage", {
    agent_id: { value: "A" },
    reconciliations: [
      { framework_id: { value: "X" }, framework: info, statuses },
      { framework_id: { value: "Y" }, statuses },
    ],
  });
  const words = 'REASON_RECONCILIATION "Reconciliation: task unknown to the agent"';
  assert.deepEqual(
    lines.filter((line) => line.startsWith("send")),
    ["send UpdateSlaveMessage", `send update t9 TASK_DROPPED ${words}`, `send update t9 TASK_LOST ${words}`],
  );
});

test("shutdown by the operator leaves tasks for a restart, or unregisters", () => {
  const agent = new AgentScript().register();
  assert.deepEqual(agent.input({ type: "shutdown", unregister: false, message: "m" }), ["exit 0"]);
  assert.deepEqual(agent.input({ type: "shutdown", unregister: true, message: "m" }), [
    "send UnregisterSlaveMessage",
    "exit 0",
  ]);
  const removed = new AgentScript().register();
  assert.deepEqual(removed.message("ShutdownMessage", {}, "master@10.0.0.9:1"), []);
  assert.deepEqual(removed.message("ShutdownMessage", { message: "gone" }), ["exit 0"]);
});
