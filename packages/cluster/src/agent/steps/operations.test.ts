// Reservations and volumes that the master makes on the agent.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OfferOperation, Resource } from "@mezzo/wire";
import { AgentScript, commandTask, MASTER } from "../testing/agent-script.ts";

const disk = (value: number, more: Partial<Resource> = {}): Resource => ({
  name: "disk",
  type: "SCALAR",
  scalar: { value },
  ...more,
});

const reservations = [{ type: "DYNAMIC", role: "r" }] as const;
const reserved = disk(10, { reservations: [...reservations] });
const volume = disk(10, {
  reservations: [...reservations],
  disk: { persistence: { id: "v1" }, volume: { container_path: "data", mode: "RW" } },
});

const apply = (agent: AgentScript, info: OfferOperation, uuid = "dXVpZA=="): string[] =>
  agent.message("ApplyOperationMessage", {
    framework_id: { value: "F" },
    operation_info: info,
    operation_uuid: { value: uuid },
    resource_version_uuid: { uuid: { value: "AAAA" } },
  });

function withDisk(): AgentScript {
  const agent = new AgentScript();
  agent.state.info = { ...agent.state.info, resources: [disk(100)] };
  return agent.register();
}

const acknowledge = (agent: AgentScript, uuid = "dXVpZA=="): string[] =>
  agent.message("AcknowledgeOperationStatusMessage", {
    operation_uuid: { value: uuid },
    status_uuid: { value: agent.state.operations.get(uuid)?.latest_status.uuid?.value ?? "none" },
  });

test("applyOperation() reserves, makes volumes and removes them, written down before it says so", () => {
  const agent = withDisk();
  assert.deepEqual(apply(agent, { type: "RESERVE", reserve: { resources: [reserved] } }), [
    "checkpoint resources",
    "send UpdateOperationStatusMessage",
    "timer operationRetry 10000",
  ]);
  assert.deepEqual(agent.state.checkpointedResources, [reserved]);
  assert.deepEqual(acknowledge(agent), ["cancel operationRetry", "checkpoint operationRemoved"]);
  const record = (): unknown => {
    const [first] = agent.effects.flatMap((one) => (one.type === "checkpoint" ? [one.record] : []));
    assert.ok(first?.kind === "resources");
    const { operation: _, ...rest } = first;
    return rest;
  };
  apply(agent, { type: "CREATE", create: { volumes: [volume] } });
  const path = "/w/volumes/roles/r/v1";
  assert.deepEqual(record(), { kind: "resources", resources: [volume], created: [path], destroyed: [] });
  acknowledge(agent);
  apply(agent, { type: "DESTROY", destroy: { volumes: [volume] } });
  assert.deepEqual(record(), { kind: "resources", resources: [reserved], created: [], destroyed: [path] });
});

test("applyOperation() waits for none while the agent tells a master what it has", () => {
  const agent = withDisk();
  agent.input({ type: "masterDetected", pid: MASTER });
  apply(agent, { type: "RESERVE", reserve: { resources: [reserved] } });
  assert.deepEqual(agent.state.checkpointedResources, []);
  assert.equal(agent.state.operations.size, 0);
});

test("recover() finishes a change that an earlier process had begun", () => {
  const first = withDisk();
  apply(first, { type: "RESERVE", reserve: { resources: [reserved] } });
  acknowledge(first);
  apply(first, { type: "CREATE", create: { volumes: [volume] } });
  const created = first.effects.flatMap((one) => (one.type === "checkpoint" ? [one.record] : []))[0];
  assert.ok(created?.kind === "resources" && created.operation !== undefined);
  // All that the crash left of it is the note.
  const next = new AgentScript();
  next.state.info = { ...next.state.info, resources: [disk(100)] };
  next.input({
    type: "recovered",
    agent: {
      info: { ...next.state.info, id: { value: "A" } },
      frameworks: [],
      resources: [reserved],
      pendingResources: { resources: created.resources, operation: created.operation },
      operations: [],
      rebooted: false,
      errors: [],
    },
  });
  const [redone] = next.effects.flatMap((one) => (one.type === "checkpoint" ? [one.record] : []));
  assert.deepEqual(redone, created);
  assert.deepEqual(next.state.checkpointedResources, [volume]);
  assert.deepEqual([...next.state.operations.values()], [created.operation.operation]);
});

test("an operation that does not fit fails, and is answered again when it comes again", () => {
  const agent = withDisk();
  const create: OfferOperation = { type: "CREATE", create: { volumes: [volume] } };
  assert.ok(!apply(agent, create).includes("checkpoint resources"));
  const sent = agent.effects.find((effect) => effect.type === "send");
  assert.ok(sent?.type === "send" && sent.name === "UpdateOperationStatusMessage");
  assert.equal(sent.body.status.state, "OPERATION_FAILED");
  assert.deepEqual(apply(agent, create), ["send UpdateOperationStatusMessage", "timer operationRetry 10000"]);
});

test("an unacknowledged status is sent again with doubling pauses and to the next master", () => {
  const agent = withDisk();
  apply(agent, { type: "RESERVE", reserve: { resources: [reserved] } });
  const retry = agent.effects.flatMap((one) => (one.type === "setTimer" ? [one.timer] : []))[0];
  assert.ok(retry);
  assert.deepEqual(agent.input({ type: "timer", timer: retry }), [
    "send UpdateOperationStatusMessage",
    "timer operationRetry 20000",
  ]);
  agent.input({ type: "masterDetected", pid: MASTER });
  const lines = agent.message("SlaveReregisteredMessage", { agent_id: { value: "A" } });
  assert.ok(lines.includes("send UpdateOperationStatusMessage"));
});

test("reconcileOperations() tells frameworks what is known and the master what is not", () => {
  const agent = withDisk();
  apply(agent, { type: "RESERVE", id: { value: "op" }, reserve: { resources: [reserved] } });
  const asked = { operations: [{ operation_id: { value: "op" } }], framework_id: { value: "F" } };
  assert.deepEqual(agent.message("ReconcileOperationsMessage", asked), ["send UpdateOperationStatusMessage"]);
  const elsewhere = [{ operation_id: { value: "x" }, resource_provider_id: { value: "p" } }];
  agent.message("ReconcileOperationsMessage", { ...asked, operations: elsewhere });
  const [answer] = agent.effects.flatMap((one) => (one.type === "send" ? [one] : []));
  assert.ok(answer?.name === "UpdateOperationStatusMessage" && answer.body.operation_uuid === undefined);
  assert.equal(answer.body.status.state, "OPERATION_UNKNOWN");
  const known = { operations: [{ operation_uuid: { value: "dXVpZA==" } }] };
  assert.deepEqual(agent.message("ReconcileOperationsMessage", known), []);
  const unknown = { operations: [{ operation_uuid: { value: "b3RoZXI=" } }] };
  assert.deepEqual(agent.message("ReconcileOperationsMessage", unknown), [
    "send UpdateOperationStatusMessage",
  ]);
});

test("launchTasks() refuses volumes the agent was never told of", () => {
  const agent = withDisk();
  const task = commandTask("t1", { resources: [{ ...volume, allocation_info: { role: "r" } }] });
  assert.match(agent.runTask(task)[1] ?? "", /TASK_DROPPED REASON_RESOURCES_UNKNOWN/);
  assert.deepEqual(agent.message("CheckpointResourcesMessage", { resources: [volume] }), [
    "checkpoint resources",
  ]);
  assert.ok(agent.runTask(task).includes("launch t1 as root"));
});
