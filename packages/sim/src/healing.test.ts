// What is broken and then mended works again without a person: the ways in which Jepsen found Mesos and its schedulers
// stuck after a partition (its analysis of Chronos, 2015).
import assert from "node:assert/strict";
import { test } from "node:test";
import { createScenario } from "./scenario/create-scenario.ts";
import { Simulation } from "./simulation.ts";

const SECOND_MS = 1000;

/** Longer than every timeout of the scenario: five pings of 15 s at most. */
const LONG_MS = 120 * SECOND_MS;

/** How soon a mended cluster works: a registration waits up to a minute between two attempts. */
const MENDED_MS = 90 * SECOND_MS;

function startedCluster(masters: number): Simulation {
  const options = { seed: 5, masters, agents: 4, frameworks: 2, minutes: 10, faults: "none" as const };
  const scenario = createScenario(options);
  const simulation = new Simulation({
    ...scenario,
    master: { ...scenario.master, agentPingTimeout: 15 * SECOND_MS, maxAgentPingTimeouts: 5 },
    schedulers: scenario.schedulers.map((one) => ({
      ...one,
      tasks: 400,
      burst: 1,
      arrivalMs: 600 * SECOND_MS,
      info: { ...one.info, failover_timeout: 604_800 },
    })),
  });
  simulation.start();
  simulation.advance(60 * SECOND_MS);
  return simulation;
}

function pass(simulation: Simulation, ms: number): void {
  simulation.advance(simulation.clock.elapsedMs + ms);
}

function finished({ schedulers }: Simulation): number {
  return schedulers.reduce(
    (sum, { book }) => sum + [...book.tasks.values()].filter(({ final }) => final !== undefined).length,
    0,
  );
}

function agentIds({ agents }: Simulation): (string | undefined)[] {
  return agents.map(({ run }) => run?.state.info.id?.value);
}

/** Every agent is registered with the leader, and tasks end that were launched after now. */
function assertWorks(simulation: Simulation): void {
  const before = finished(simulation);
  pass(simulation, MENDED_MS);
  const registered = simulation.master.run?.state.agents.registered;
  for (const id of agentIds(simulation)) assert.equal(registered?.get(id ?? "")?.active, true, `agent ${id}`);
  for (const scheduler of simulation.schedulers) assert.ok(scheduler.subscribed, scheduler.name);
  assert.ok(finished(simulation) > before + 5, `${finished(simulation) - before} tasks ended`);
  simulation.checkAll();
}

test("agents that were cut off until they were unreachable come back as who they were", () => {
  const simulation = startedCluster(1);
  const ids = agentIds(simulation);
  for (const { address } of simulation.agents.slice(0, 3)) simulation.network.isolate(address);
  pass(simulation, LONG_MS);
  assert.equal(simulation.master.run?.state.agents.unreachable.size, 3);
  for (const { address } of simulation.agents) simulation.network.heal(address);
  assertWorks(simulation);
  assert.deepEqual(agentIds(simulation), ids, "no agent had to become a new one");
});

test("a leader that was cut off from all agents has them back", () => {
  const simulation = startedCluster(3);
  const leader = simulation.master.leadingHost;
  assert.ok(leader !== undefined);
  simulation.network.isolate(leader.address);
  pass(simulation, LONG_MS);
  simulation.network.heal(leader.address);
  assertWorks(simulation);
});

test("a leader that was cut off from the store is replaced, and comes back behind the others", () => {
  const simulation = startedCluster(3);
  const leader = simulation.master.leadingHost;
  leader?.cutOff();
  pass(simulation, 30 * SECOND_MS);
  assert.notEqual(simulation.master.leadingHost, leader);
  assertWorks(simulation);
  leader?.reconnect();
  assertWorks(simulation);
  assert.equal(leader?.up, true);
  assert.equal(leader?.run, undefined);
});

test("schedulers whose connections broke on one side only are offered resources again", () => {
  const simulation = startedCluster(1);
  for (const scheduler of simulation.schedulers) scheduler.breakStream({ schedulerMs: LONG_MS, masterMs: 0 });
  pass(simulation, LONG_MS);
  assertWorks(simulation);
  for (const scheduler of simulation.schedulers) scheduler.breakStream({ schedulerMs: 0, masterMs: LONG_MS });
  assertWorks(simulation);
});
