// What operators of the simulation do, and that they do all of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runningCluster } from "../testing/running-cluster.ts";
import { SeededRandom } from "../time/seeded-random.ts";
import { drawOperatorActions } from "./operator-actions.ts";
import { restoringActions } from "./restoring-actions.ts";

/** Every change that an operator can ask for, but for those of frameworks; of operations their types. */
const CALLS = [
  "CREATE",
  "DESTROY",
  "RESERVE",
  "UNRESERVE",
  "deactivate-agent",
  "drain-agent",
  "drain-agent for good",
  "mark-agent-gone",
  "reactivate-agent",
  "remove-quota",
  "set-quota",
  "start-maintenance",
  "stop-maintenance",
  "update-maintenance-schedule",
  "update-quota",
  "update-weights",
];

test("drawOperatorActions() draws every call, and now and then two about one thing", () => {
  const { run } = runningCluster();
  const random = new SeededRandom("moves");
  const calls = new Set<string>();
  const together = new Set<string>();
  for (let draws = 0; draws < 2000; draws++) {
    const actions = drawOperatorActions(run, { random, nowMs: 0 });
    for (const input of actions.flatMap(({ act, undo }) => [...act, ...undo])) {
      const isForGood = input.type === "drain-agent" && input.config.mark_gone === true;
      const type = input.type === "operator-operation" ? input.operation.type : input.type;
      calls.add(`${type}${isForGood ? " for good" : ""}`);
    }
    together.add(actions.map(({ act }) => act[0]?.type).join(" with "));
  }
  assert.deepEqual([...calls].toSorted(), CALLS);
  for (const pair of ["update-quota with set-quota", "drain-agent with deactivate-agent"]) {
    assert.ok(together.has(pair), pair);
  }
});

test("restoringActions() brings machines up before it calls their maintenance off", () => {
  const { simulation, run, agent } = runningCluster();
  const pass = (): void => simulation.advance(simulation.clock.elapsedMs + 2000);
  const machine = {
    hostname: agent.info.hostname,
    ip: agent.pid.slice("slave(1)@".length).split(":")[0] ?? "",
  };
  const windows = [{ machine_ids: [machine], unavailability: { start: { nanoseconds: 1 } } }];
  run.operate({ type: "update-maintenance-schedule", schedule: { windows } });
  run.operate({ type: "start-maintenance", machines: [machine] });
  pass();
  assert.deepEqual(restoringActions(run), [{ type: "stop-maintenance", machines: [machine] }]);
  for (const action of restoringActions(run)) run.operate(action);
  pass();
  assert.deepEqual(restoringActions(run), []);
  simulation.checkAll();
});
