// Long JSON in pieces is the same text.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeJson, encodeJsonPieces, type MessageName } from "../codec.ts";
import { arbitraryMessage } from "./arbitrary-message.ts";

const NAMES: MessageName[] = [
  "MasterResponse",
  "AgentResponse",
  "TaskInfo",
  "FrameworkInfo",
  "SchedulerEvent",
];

for (const name of NAMES) {
  void test(`encodeJsonPieces() gives the text of encodeJson() for ${name}`, () => {
    fc.assert(
      fc.property(arbitraryMessage(name), (message) => {
        assert.equal(
          [...encodeJsonPieces(name, message as never)].join(""),
          encodeJson(name, message as never),
        );
      }),
      { numRuns: 40 },
    );
  });
}

void test("encodeJsonPieces() cuts long lists", () => {
  const tasks = Array.from({ length: 1000 }, (_, index) => ({
    name: `task-${index}`,
    task_id: { value: String(index) },
    framework_id: { value: "f" },
    agent_id: { value: "a" },
    state: "TASK_RUNNING" as const,
  }));
  const response = { type: "GET_STATE" as const, get_state: { get_tasks: { tasks } } };
  const pieces = [...encodeJsonPieces("MasterResponse", response)];
  assert.equal(pieces.join(""), encodeJson("MasterResponse", response));
  assert.ok(pieces.every((piece) => piece.length < 20_000));
});
