// Agents become unreachable no faster than `--agent_removal_rate_limit` allows. Scenarios that Mesos tests, too:
// src/tests/slave_tests.cpp and master_tests.cpp, (RateLimit|Cancel)(Recovered)?SlaveRemoval.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReregisterSlaveMessage } from "@mezzo/wire";
import { registryModel } from "../api/read/registry.ts";
import type { MasterOptions } from "../options.ts";
import { registerAgent, scalar, subscribe } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const MINUTE_MS = 60_000;

/** One agent in ten minutes. */
const INTERVAL_MS = 10 * MINUTE_MS;
const LIMIT = { agentRemovalRateLimit: 1000 / INTERVAL_MS };

const PIDS = [1, 2, 3].map((n) => `slave(${n})@127.0.0.1:505${n}`);

/** A stage with a framework and agents that answer no ping: `m-S0` is the first. */
function silent(count: number, options: Partial<MasterOptions> = {}): Stage {
  const stage = new Stage({ ...LIMIT, ...options });
  for (const pid of PIDS.slice(0, count)) registerAgent(stage, pid);
  subscribe(stage);
  return stage;
}

/** Until agents that answer no ping are given up, milliseconds. */
function patienceMs({ state: { options } }: Stage): number {
  return options.agentPingTimeout * options.maxAgentPingTimeouts;
}

/** Time passes; whom the framework lost meanwhile. */
function lost(stage: Stage, durationMs: number): string[] {
  return stage
    .wait(durationMs)
    .filter((line) => line.startsWith("FAILURE"))
    .map((line) => line.slice("FAILURE on stream1 ".length));
}

/** How many removals were scheduled, and what became of them. */
function counts({ state: { counters } }: Stage): Record<string, number> {
  return {
    scheduled: counters.slave_unreachable_scheduled,
    completed: counters.slave_unreachable_completed,
    canceled: counters.slave_unreachable_canceled,
  };
}

/** The agent says that it is back. */
function comeBack(stage: Stage, index: number): void {
  const body: ReregisterSlaveMessage = {
    agent: {
      id: { value: `m-S${index}` },
      hostname: "host",
      port: 5051,
      resources: [scalar("cpus", 4), scalar("mem", 1024)],
    },
    version: "1.11.0",
    agent_capabilities: [{ type: "MULTI_ROLE" }],
  };
  stage.message("ReregisterSlaveMessage", PIDS[index] ?? "", body);
  assert.equal(stage.state.agents.registered.get(`m-S${index}`)?.connected, true);
}

/** Another master takes over from one with so many agents; its framework is there. */
function takenOver(count: number): Stage {
  const stage = new Stage(LIMIT);
  stage.take({ type: "recovered", registry: registryModel(silent(count).state) });
  subscribe(stage);
  return stage;
}

test("agents that are silent together become unreachable one after the other", () => {
  const stage = silent(3);
  assert.deepEqual(lost(stage, patienceMs(stage)), ["m-S0"]);
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 1, canceled: 0 });
  // Many times as long as it took to give them up.
  assert.deepEqual(lost(stage, INTERVAL_MS - 1), []);
  assert.deepEqual(lost(stage, 1), ["m-S1"]);
  assert.deepEqual(lost(stage, INTERVAL_MS - 1), []);
  assert.deepEqual(lost(stage, 1), ["m-S2"]);
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 3, canceled: 0 });
  assert.deepEqual([...stage.state.agents.unreachable.keys()], ["m-S0", "m-S1", "m-S2"]);
});

/** Of three the first is lost: after an interval the third is, while the second one answers. */
function assertOnlyThirdIsLost(stage: Stage): void {
  const until = stage.now + INTERVAL_MS;
  while (stage.now < until - MINUTE_MS) {
    assert.deepEqual(lost(stage, MINUTE_MS), []);
    stage.message("PongSlaveMessage", PIDS[1] ?? "", {});
  }
  assert.deepEqual(lost(stage, MINUTE_MS), ["m-S2"]);
}

test("who answers a ping in time stays, and the next in line does not wait longer for that", () => {
  const stage = silent(3);
  lost(stage, patienceMs(stage));
  stage.message("PongSlaveMessage", PIDS[1] ?? "", {});
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 1, canceled: 1 });
  assertOnlyThirdIsLost(stage);
  assert.deepEqual([...stage.state.agents.registered.keys()], ["m-S1"]);
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 2, canceled: 1 });
});

test("when nobody waits any more no permit is used up", () => {
  const stage = silent(2);
  lost(stage, patienceMs(stage));
  stage.message("PongSlaveMessage", PIDS[1] ?? "", {});
  assert.ok(
    stage.effects.some((effect) => effect.type === "cancel-timer" && effect.key === "removal-permit/"),
  );
  // It is silent again, and this time the permit has come before it is given up.
  stage.now += INTERVAL_MS;
  assert.deepEqual(lost(stage, patienceMs(stage)), ["m-S1"]);
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 2, canceled: 1 });
});

test("an agent that has disconnected is saved by its return, and by no pong", () => {
  const agentReregisterTimeout = 5 * MINUTE_MS;
  const stage = silent(3, { agentReregisterTimeout });
  lost(stage, patienceMs(stage));
  for (const pid of PIDS.slice(1)) stage.take({ type: "exited", pid });
  // Both were silent before they were away: their verdicts become stricter and keep their places.
  assert.deepEqual(lost(stage, agentReregisterTimeout), []);
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 1, canceled: 0 });
  for (const pid of PIDS.slice(1)) stage.message("PongSlaveMessage", pid, {});
  comeBack(stage, 2);
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 1, canceled: 1 });
  stage.now += INTERVAL_MS - agentReregisterTimeout;
  stage.take({ type: "timer", timer: "removal-permit" });
  assert.deepEqual([...stage.state.agents.registered.keys()], ["m-S2"]);
});

test("a silent agent that registers again stays, though its link never broke", () => {
  const stage = silent(2);
  lost(stage, patienceMs(stage));
  comeBack(stage, 1);
  assert.deepEqual(counts(stage), { scheduled: 2, completed: 1, canceled: 1 });
});

test("an agent that leaves in another way waits no longer", () => {
  const stage = silent(3);
  lost(stage, patienceMs(stage));
  stage.message("UnregisterSlaveMessage", PIDS[1] ?? "", { agent_id: { value: "m-S1" } });
  stage.take({ type: "mark-agent-gone", request: 1, agentId: "m-S2" });
  assert.equal(stage.state.removals.waiting.size, 0);
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 1, canceled: 2 });
});

test("agents that do not come back to a new master become unreachable one after the other", () => {
  const stage = takenOver(2);
  const { agentReregisterTimeout } = stage.state.options;
  assert.deepEqual(lost(stage, agentReregisterTimeout), ["m-S0"]);
  assert.deepEqual(counts(stage), { scheduled: 2, completed: 1, canceled: 0 });
  assert.deepEqual(lost(stage, INTERVAL_MS - 1), []);
  assert.deepEqual(lost(stage, 1), ["m-S1"]);
  assert.deepEqual(counts(stage), { scheduled: 2, completed: 2, canceled: 0 });
  assert.equal(stage.state.counters.recovery_slave_removals, 2);
});

test("an agent that comes back to a new master late, and before its permit, stays", () => {
  const stage = takenOver(3);
  lost(stage, stage.state.options.agentReregisterTimeout);
  comeBack(stage, 1);
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 1, canceled: 1 });
  assertOnlyThirdIsLost(stage);
  assert.ok(stage.state.agents.registered.has("m-S1"));
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 2, canceled: 1 });
});

test("an agent that is marked gone before it came back to a new master waits no longer", () => {
  const stage = takenOver(2);
  lost(stage, stage.state.options.agentReregisterTimeout);
  stage.take({ type: "mark-agent-gone", request: 1, agentId: "m-S1" });
  assert.deepEqual(counts(stage), { scheduled: 2, completed: 1, canceled: 1 });
});

test("an agent whose return is being written when its permit comes leaves the permit to the next", () => {
  const stage = takenOver(3);
  lost(stage, stage.state.options.agentReregisterTimeout);
  stage.now += INTERVAL_MS;
  const body = {
    agent: { id: { value: "m-S1" }, hostname: "host", port: 5059, resources: [scalar("cpus", 1)] },
    version: "1.11.0",
    agent_capabilities: [{ type: "MULTI_ROLE" as const }],
  };
  const from = PIDS[1] ?? "";
  stage.take(
    { type: "message", name: "ReregisterSlaveMessage", from, body },
    { type: "timer", timer: "removal-permit" },
  );
  assert.ok(stage.state.agents.registered.has("m-S1"));
  assert.ok(stage.state.agents.unreachable.has("m-S2"));
  assert.deepEqual(counts(stage), { scheduled: 3, completed: 2, canceled: 1 });
});

test("a clock that is set back does not stop removals", () => {
  const stage = silent(3);
  lost(stage, patienceMs(stage));
  stage.now -= 24 * 60 * MINUTE_MS;
  stage.take({ type: "timer", timer: "removal-permit" });
  assert.deepEqual(lost(stage, INTERVAL_MS - 1), []);
  assert.deepEqual(lost(stage, 1), ["m-S1"]);
});
