// Whole simulations: the same seed gives the same trace, and every task comes to an end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runSeed, runSeeds } from "./run-seeds.ts";
import { countTasks } from "./report.ts";
import { createScenario } from "./scenario/create-scenario.ts";
import type { ScenarioOptions } from "./scenario/scenario.ts";
import { Simulation } from "./simulation.ts";

const SMALL: ScenarioOptions = { seed: 11, masters: 1, agents: 5, frameworks: 2, minutes: 1, faults: "all" };

test("run() gives the same trace for the same seed, and another for another", () => {
  const lines: string[][] = [[], []];
  const digests = lines.map((sink) =>
    new Simulation(createScenario(SMALL), { sink: (line) => void sink.push(line) }).run(),
  );
  assert.deepEqual(lines[0], lines[1]);
  assert.equal(digests[0], digests[1]);
  const other = new Simulation(createScenario({ ...SMALL, seed: 12 })).run();
  assert.notEqual(other, digests[0]);
});

test("run() brings every task to an end when nothing goes wrong", () => {
  const simulation = new Simulation(createScenario({ ...SMALL, faults: "none" }));
  simulation.run();
  const counts = countTasks(simulation);
  assert.ok((counts.get("TASK_FINISHED") ?? 0) > 10);
  for (const how of ["TASK_LOST", "TASK_DROPPED", "TASK_UNREACHABLE", "TASK_RUNNING", "unheard of"]) {
    assert.equal(counts.get(how), undefined, how);
  }
});

test("run() elects one of several masters after another while they are broken", () => {
  const several = { ...SMALL, masters: 3, minutes: 4 };
  const simulation = new Simulation(createScenario(several));
  simulation.run();
  assert.ok(simulation.master.started > 1);
  assert.equal(simulation.master.hosts.filter(({ run }) => run?.leads).length, 1);
});

test("runSeeds() passes three seeds and prints their count and digest", () => {
  const lines: string[] = [];
  const output = { print: (line: string) => void lines.push(line), progress: () => {} };
  assert.equal(runSeeds({ firstSeed: 1, count: 3 }, output), true, lines.join("\n"));
  assert.equal(lines[0], "3 seeds passed");
  assert.match(lines[1] ?? "", /^digest [0-9a-f]{64}$/);
});

test("runSeed() prints the scenario first and the digest last", () => {
  const lines: string[] = [];
  const output = { print: (line: string) => void lines.push(line), progress: () => {} };
  assert.equal(runSeed(SMALL, output), true);
  assert.equal(lines[0], "seed 11: 1 master, 5 agents, 2 frameworks, 1 minutes, faults: all");
  assert.match(lines.at(-1) ?? "", /^digest [0-9a-f]{64}$/);
});
