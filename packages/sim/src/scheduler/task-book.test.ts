// Which states of a task a simulated framework may hear in which order.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskState, TaskStatus } from "@mezzo/wire";
import { InvariantViolation } from "../trace/violation.ts";
import { TaskBook } from "./task-book.ts";
import type { TaskRecord } from "./task-record.ts";

function book(): { book: TaskBook; record: TaskRecord } {
  const tasks = new TaskBook({ checkpoint: true });
  const record: TaskRecord = {
    id: "t",
    frameworkId: "F",
    agentId: "S",
    kind: "command",
    launchedAtMs: 0,
    seen: [],
    acknowledged: new Set(),
    killed: false,
    refused: false,
    abandoned: false,
  };
  tasks.add(record);
  return { book: tasks, record };
}

const heard = (state: TaskState, uuid?: string): TaskStatus => ({
  task_id: { value: "t" },
  state,
  ...(uuid !== undefined && { uuid }),
});

/** Statuses in the order heard; `+` before a state: from the agent, acknowledged before the next. */
const ALLOWED: readonly (readonly string[])[] = [
  ["+TASK_STARTING", "+TASK_RUNNING", "+TASK_FINISHED"],
  ["+TASK_RUNNING", "TASK_RUNNING", "TASK_UNREACHABLE", "TASK_RUNNING", "+TASK_FAILED"],
  ["+TASK_RUNNING", "TASK_LOST", "+TASK_FINISHED"],
  ["+TASK_DROPPED", "+TASK_RUNNING", "+TASK_KILLED"],
  ["+TASK_FINISHED", "+TASK_DROPPED", "TASK_GONE"],
  ["TASK_ERROR"],
];

const FORBIDDEN: readonly (readonly string[])[] = [
  ["+TASK_RUNNING", "+TASK_STARTING"],
  ["+TASK_FINISHED", "+TASK_RUNNING"],
  ["+TASK_FINISHED", "+TASK_FAILED"],
  ["+TASK_FINISHED", "+TASK_FINISHED"],
  ["+TASK_FINISHED", "TASK_RUNNING"],
  ["+TASK_KILLING", "+TASK_RUNNING"],
];

function hearAll(states: readonly string[]): TaskRecord {
  const { book: tasks, record } = book();
  for (const [index, text] of states.entries()) {
    const fromAgent = text.startsWith("+");
    const uuid = fromAgent ? `u${index}` : undefined;
    tasks.hear(heard(text.replace("+", "") as TaskState, uuid));
    if (uuid !== undefined) record.acknowledged.add(uuid);
  }
  return record;
}

for (const states of ALLOWED) {
  test(`hear() takes ${states.join(", ")}`, () => {
    hearAll(states);
  });
}

for (const states of FORBIDDEN) {
  test(`hear() objects to ${states.join(", ")}`, () => {
    assert.throws(
      () => hearAll(states),
      (error) => error instanceof InvariantViolation && error.invariant === "scheduler-updates",
    );
  });
}

test("hear() objects to an update of a task that its agent did not know", () => {
  const { book: tasks, record } = book();
  for (const uuid of ["u1", "u2"]) {
    tasks.hear({ ...heard("TASK_LOST", uuid), source: "SOURCE_AGENT", reason: "REASON_RECONCILIATION" });
    record.acknowledged.add(uuid);
  }
  assert.throws(() => tasks.hear(heard("TASK_FAILED", "u3")), InvariantViolation);
});

test("hear() objects to an update behind one that was not acknowledged", () => {
  const { book: tasks } = book();
  tasks.hear(heard("TASK_RUNNING", "u1"));
  tasks.hear(heard("TASK_RUNNING", "u1"));
  assert.throws(() => tasks.hear(heard("TASK_FINISHED", "u2")), InvariantViolation);
});

test("hear() objects to a task that was never launched", () => {
  const { book: tasks } = book();
  assert.throws(
    () => tasks.hear({ task_id: { value: "stranger" }, state: "TASK_RUNNING" }),
    (error) => error instanceof InvariantViolation && error.entities[0] === "stranger",
  );
});
