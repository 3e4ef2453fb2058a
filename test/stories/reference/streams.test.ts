// The event streams of a scheduler and of an operator: every kind of event has the keys and types of Mesos'.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { JSON_MEDIA_TYPE, PROTOBUF_MEDIA_TYPE, type SchedulerEvent } from "@mezzo/wire";
import { Framework, scalars } from "../support/framework.ts";
import { OperatorStream } from "../support/operator-stream.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";
import { compareShapes, shapeOf, withoutEmptyLists } from "./shape.ts";
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

/** Without heartbeats and what the master said of itself to each as it came: those are of one stream alone. */
function heardBy({ events }: OperatorStream): Event[] {
  return events.filter(({ type }) => type !== "HEARTBEAT" && type !== "SUBSCRIBED");
}

void describe("events have the keys and types of Mesos'", () => {
  const story = new Story({ after });
  const operators = ([JSON_MEDIA_TYPE, PROTOBUF_MEDIA_TYPE] as const).map((mediaType) => ({
    mediaType,
    stream: new OperatorStream({ mediaType }),
  }));
  let heard: SchedulerEvent[];

  before(async () => {
    const { master } = await idleSituation(story);
    for (const { stream } of operators) {
      await stream.open(master);
      story.closes(() => stream.close());
    }
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
    await until("the operators hear of the end", () =>
      operators.every(({ stream }) => byKind(stream.events).get("FRAMEWORK_REMOVED")?.length === 2),
    );
  });

  void it("scheduler", () => {
    // An offer is rescinded when its agent goes or somebody with a guarantee needs it: another story.
    const expected = recorded("scheduler_subscribe").filter(({ type }) => type !== "RESCIND");
    assertSameKinds(expected, heard);
  });

  for (const { mediaType, stream } of operators) {
    void it(`operator, in ${mediaType}`, () => {
      const events = recorded("operator_subscribe");
      const inProtobuf = (): Event[] => withoutEmptyLists(events) as Event[];
      assertSameKinds(mediaType === JSON_MEDIA_TYPE ? events : inProtobuf(), stream.events);
    });

    void it(`the head of an operator's stream in ${mediaType}`, () => {
      assert.equal(stream.headers.get("content-type"), mediaType);
      assert.equal(stream.headers.get("transfer-encoding"), "chunked");
    });
  }

  void it("an operator hears the same in both", () => {
    const [json, protobuf] = operators.map(({ stream }) => heardBy(stream));
    assert.ok(json !== undefined && json.length > 0);
    assert.deepEqual(protobuf, json);
  });
});
