// What is told of a broken invariant, and how to see it again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { describeViolation } from "./report.ts";
import { runningCluster } from "./testing/running-cluster.ts";
import { InvariantViolation } from "./trace/violation.ts";

test("describeViolation() shows what happened to the entity and how to see it again", () => {
  const { simulation, agent } = runningCluster();
  const violation = new InvariantViolation("offers", "An offer is wrong", [agent.id]);
  const lines = describeViolation(simulation, violation).split("\n");
  assert.equal(lines[0], "Invariant broken: offers");
  assert.equal(lines[1], "An offer is wrong");
  assert.equal(lines[2], `The last events about ${agent.id}:`);
  assert.ok(lines.some((line) => line.includes("SlaveRegisteredMessage") && line.includes(agent.id)));
  assert.equal(
    lines.at(-1),
    "  npm run sim -- --seed 1 --masters 1 --agents 4 --frameworks 2 --minutes 2 --faults=none",
  );
});
