// The event streams of a scheduler and of an operator: every kind of event has the keys and types of Mesos'.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { SchedulerEvent } from "@mezzo/wire";
import { Framework, scalars } from "../support/framework.ts";
import { OperatorStream } from "../support/operator-stream.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";
import { compareShapes, shapeOf } from "./shape.ts";
import { endedFramework, idleSituation, referencePath, SAMPLE_FRAMEWORK } from "./situation.ts";

interface Event {
  type?: string;
  update?: { status: { state?: string; reason?: string } };
}

/** Kinds of events: one a type, of updates one a state, and one for answers to RECONCILE. */
function kindOf({ type = "", update }: Event): string {
  if (update === undefined) return type;
  const { state = "", reason } = update.status;
  return `${type} ${reason === "REASON_RECONCILIATION" ? reason : state}`;
}

function byKind(events: readonly Event[]): Map<string, Event[]> {
  return Map.groupBy(events, kindOf);
}

const recorded = (name: string): Event[] =>
  JSON.parse(readFileSync(referencePath("streams", `${name}.events.json`), "utf8")) as Event[];

function assertSameKinds(expected: readonly Event[], actual: readonly Event[]): void {
  const ours = byKind(actual);
  for (const [kind, events] of byKind(expected)) {
    const answer = ours.get(kind);
    assert.ok(answer, `no ${kind} came`);
    assert.deepEqual(compareShapes(shapeOf(events), shapeOf(answer)), { missing: [], more: [] }, kind);
  }
}

void describe("events have the keys and types of Mesos'", () => {
  const story = new Story({ after });
  const operator = new OperatorStream();
  let heard: SchedulerEvent[];

  before(async () => {
    const { master } = await idleSituation(story);
    await operator.open(master);
    story.closes(() => operator.close());
    await endedFramework(master, "finished", "echo finished");
    const sample = new Framework({ master: master.address, info: SAMPLE_FRAMEWORK });
    await sample.subscribe();
    const task = sample.command("web-1", "sleep 1000", { resources: scalars({ cpus: 0.2, mem: 32 }) });
    const labels = { labels: [{ key: "tier", value: "front" }] };
    await sample.launch([{ ...task, labels }]);
    await sample.sees("web-1", "TASK_RUNNING");
    await sample.must({ type: "RECONCILE", reconcile: { tasks: [] } });
    await sample.must({ type: "KILL", kill: { task_id: { value: "web-1" } } });
    await sample.sees("web-1", "TASK_KILLED");
    heard = [...sample.heard];
    await sample.teardown();
    await until(
      "the operator hears of the end",
      () => byKind(operator.events).get("FRAMEWORK_REMOVED")?.length === 2,
    );
  });

  void it("scheduler", () => {
    // An offer is rescinded when its agent goes or somebody with a guarantee needs it: another story.
    const expected = recorded("scheduler_subscribe").filter(({ type }) => type !== "RESCIND");
    assertSameKinds(expected, heard);
  });

  void it("operator", () => {
    assertSameKinds(recorded("operator_subscribe"), operator.events);
  });

  void it("the head of a stream", () => {
    assert.equal(operator.headers.get("content-type"), "application/json");
    assert.equal(operator.headers.get("transfer-encoding"), "chunked");
  });
});
