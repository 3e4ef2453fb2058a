// How the scheduler client asks for the states of its tasks until it knows all.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ManualClock } from "../testing.ts";
import { Reconciliation } from "./reconciliation.ts";

const task = (id: string) => ({ task_id: { value: id } });

function setUp() {
  const clock = new ManualClock();
  const asked: string[] = [];
  const ask = (tasks: readonly { task_id: { value: string } }[]): void =>
    void asked.push(tasks.map(({ task_id }) => task_id.value).join(","));
  return { clock, asked, reconciliation: new Reconciliation({ clock, ask }) };
}

void describe("Reconciliation", () => {
  void it("asks until every task was heard of, about the others only, ever less often", async () => {
    const { clock, asked, reconciliation } = setUp();
    reconciliation.begin([task("a"), task("b")]);
    await clock.advance(1000);
    reconciliation.heard("a");
    await clock.advance(2000);
    await clock.advance(3999);
    assert.deepEqual(asked, ["a,b", "a,b", "b"]);
    await clock.advance(1);
    reconciliation.heard("b");
    await clock.advance(100_000);
    assert.deepEqual(asked, ["a,b", "a,b", "b", "b"]);
  });

  void it("asks at least every thirty seconds", async () => {
    const { clock, asked, reconciliation } = setUp();
    reconciliation.begin([task("a")]);
    for (let second = 0; second < 120; second++) await clock.advance(1000);
    assert.equal(asked.length, 8);
  });

  void it("asks once about whatever there is when it knows no task", async () => {
    const { clock, asked, reconciliation } = setUp();
    reconciliation.begin([]);
    await clock.advance(100_000);
    assert.deepEqual(asked, [""]);
  });

  void it("stops when told to", async () => {
    const { clock, asked, reconciliation } = setUp();
    reconciliation.begin([task("a")]);
    reconciliation.stop();
    await clock.advance(100_000);
    assert.deepEqual(asked, ["a"]);
  });
});
