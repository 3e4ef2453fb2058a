// What counts as there when quota is promised.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { QuotaConfig } from "@mezzo/wire";
import { registerAgent, scalar, subscribe } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const PIDS = ["slave(1)@127.0.0.1:5051", "slave(2)@127.0.0.1:5052"];

function promise(stage: Stage, cpus: number): string[] {
  const configs: QuotaConfig[] = [{ role: "r", guarantees: { cpus: { value: cpus } } }];
  return stage.take({ type: "update-quota", request: 7, configs, force: false });
}

const isRefused = (lines: readonly string[]): boolean => lines.at(-1)?.startsWith("answer 400") === true;

test("what one agent lacks another may have", () => {
  const stage = new Stage();
  for (const pid of PIDS) registerAgent(stage, pid);
  assert.ok(isRefused(promise(stage, 8.5)));
  assert.deepEqual(promise(stage, 8), ["answer 200"]);
});

test("reservations count, though others may have them", () => {
  const stage = new Stage();
  const reserved = { ...scalar("cpus", 4), role: "other" };
  stage.message("RegisterSlaveMessage", "slave(1)@127.0.0.1:5051", {
    agent: { hostname: "host", port: 5051, resources: [reserved, scalar("mem", 64)] },
    version: "1.11.0",
    agent_capabilities: [],
  });
  assert.deepEqual(promise(stage, 4), ["answer 200"]);
});

test("an agent that is away for a moment still counts", () => {
  const stage = new Stage();
  const id = registerAgent(stage);
  stage.take({ type: "exited", pid: "slave(1)@127.0.0.1:5051" });
  assert.equal(stage.state.agents.registered.get(id)?.connected, false);
  assert.deepEqual(promise(stage, 4), ["answer 200"]);
});

test("what others have been offered counts, and comes back for it", () => {
  const stage = new Stage();
  registerAgent(stage);
  subscribe(stage, { roles: ["p"] });
  stage.allocate();
  assert.deepEqual(promise(stage, 4), ["RESCIND on stream1 m-O0", "answer 200"]);
});

test("an empty cluster promises nothing unless it is forced to", () => {
  const stage = new Stage();
  assert.ok(isRefused(promise(stage, 1)));
  const configs: QuotaConfig[] = [{ role: "r", guarantees: { cpus: { value: 1 } } }];
  assert.deepEqual(stage.take({ type: "update-quota", request: 7, configs, force: true }), ["answer 200"]);
});
