// Whatever is broken in the order of updates and acknowledgements is objected to.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { StatusUpdate } from "@mezzo/wire";
import type { AgentEffect } from "../../../cluster/src/agent/effects.ts";
import type { AgentInput } from "../../../cluster/src/agent/inputs.ts";
import { streamKey } from "../../../cluster/src/agent/updates/stream.ts";
import type { AgentRun } from "../agent/agent-run.ts";
import { runningCluster } from "../testing/running-cluster.ts";
import { InvariantViolation } from "../trace/violation.ts";
import { UpdateStreams } from "./update-streams.ts";

const MASTER = "master@10.0.0.1:5050";

let run: AgentRun;
let streams: UpdateStreams;

beforeEach(() => {
  run = runningCluster().agentRun;
  streams = new UpdateStreams();
});

function update(uuid: string): StatusUpdate {
  const agent_id = { value: "S" };
  return {
    framework_id: { value: "F" },
    agent_id,
    status: { task_id: { value: "t" }, agent_id, state: "TASK_RUNNING", uuid },
    timestamp: 1,
    uuid,
  };
}

function sending(uuid: string): Extract<AgentEffect, { type: "send" }> {
  return { type: "send", to: MASTER, name: "StatusUpdateMessage", body: { update: update(uuid), pid: "p" } };
}

const at = { agentId: "S", frameworkId: "F", executorId: "e", containerId: "c", taskId: "t" };

const keeping = (uuid: string): Extract<AgentEffect, { type: "checkpoint" }> => ({
  type: "checkpoint",
  record: { kind: "update", at, update: update(uuid) },
});

const acknowledging = (uuid: string): AgentInput => ({
  type: "message",
  from: MASTER,
  name: "StatusUpdateAcknowledgementMessage",
  body: { agent_id: { value: "S" }, framework_id: { value: "F" }, task_id: { value: "t" }, uuid },
});

const tick: AgentInput = { type: "timer", timer: { name: "register" } };

const objects = (run: () => void): void =>
  assert.throws(run, (error) => error instanceof InvariantViolation && error.invariant === "update-streams");

test("sends() objects to an update that is not on the disk yet", () => {
  streams.stepped(run, tick, [keeping("u1"), sending("u1")]);
  objects(() => streams.sends(run, sending("u1")));
  streams.saved([keeping("u1").record]);
  streams.sends(run, sending("u1"));
});

test("stepped() objects to an update that was acknowledged", () => {
  streams.stepped(run, tick, [sending("u1")]);
  streams.stepped(run, tick, [sending("u1")]);
  streams.stepped(run, acknowledging("u1"), []);
  objects(() => streams.stepped(run, tick, [sending("u1")]));
});

test("stepped() objects to a later process that repeats what is acknowledged on the disk", () => {
  streams.stepped(run, tick, [sending("u1")]);
  streams.saved([{ kind: "acknowledgement", at, uuid: "u1" }]);
  const later = runningCluster({ seed: 2 }).agentRun;
  objects(() => streams.stepped(later, tick, [sending("u1")]));
});

test("stepped() objects to an update that is not the first in line", () => {
  run.state.streams.set(streamKey("F", "t"), {
    frameworkId: "F",
    taskId: "t",
    executorId: "e",
    pending: [update("u1"), update("u2")],
    received: new Set(["u1", "u2"]),
    acknowledged: new Set(),
    terminated: false,
    retryMs: 10_000,
  });
  streams.stepped(run, tick, [sending("u1")]);
  objects(() => streams.stepped(run, tick, [sending("u2")]));
});
