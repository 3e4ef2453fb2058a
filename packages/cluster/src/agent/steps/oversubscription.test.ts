// Tests of spare resources: what the master is told, and what ends when the machine is overloaded.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resource } from "@mezzo/wire";
import { AgentScript, commandTask } from "../testing/agent-script.ts";

const spare = (value: number): Resource => ({
  name: "cpus",
  type: "SCALAR",
  scalar: { value },
  revocable: {},
});
const TIMER = { type: "timer", timer: { name: "oversubscription" } } as const;

const told = (agent: AgentScript): unknown[] =>
  agent.effects.flatMap((effect) =>
    effect.type === "send" && effect.name === "UpdateSlaveMessage"
      ? [[effect.body.update_oversubscribed_resources, effect.body.oversubscribed_resources]]
      : [],
  );

test("forwardOversubscribed() tells the master what is spare once, and again with each registration", () => {
  const agent = new AgentScript({ oversubscribedResources: [spare(2)] }).register();
  assert.deepEqual(told(agent), [[true, [{ ...spare(2), role: "*" }]]]);
  agent.input(TIMER);
  assert.deepEqual(told(agent), []);
  assert.ok(agent.effects.some(({ type }) => type === "setTimer"));
});

test("forwardOversubscribed() says nothing of spare resources without an estimator", () => {
  assert.deepEqual(told(new AgentScript().register()), [[false, undefined]]);
});

test("machineOverloaded() ends revocable executors, and no others", () => {
  const agent = new AgentScript({ oversubscribedResources: [spare(2)] }).register();
  agent.runTask(commandTask("firm"));
  const resources = [{ ...spare(1), allocation_info: { role: "*" } }];
  agent.runTask(commandTask("spare", { resources }));
  agent.launched("firm");
  agent.launched("spare", 78);
  agent.input({ type: "overloaded" });
  const { containerId } = agent.executor("spare");
  assert.deepEqual(
    agent.effects.filter(({ type }) => type === "destroyContainer"),
    [{ type: "destroyContainer", containerId }],
  );
  assert.equal(agent.state.counters.executors_preempted, 1);
  agent.exited("spare", { signal: 9 });
  const update = agent.effects.find((effect) => effect.type === "checkpoint");
  assert.match(
    JSON.stringify(update),
    /TASK_GONE.*REASON_CONTAINER_PREEMPTED|REASON_CONTAINER_PREEMPTED.*TASK_GONE/,
  );
});
