// HTTP requests that wait for the core's answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventStreams } from "./event-streams.ts";
import { Requests } from "./requests.ts";

// No stream is opened here.
const streams = {} as EventStreams;

void test("Requests answer a refusal without words in those of libprocess", () => {
  const requests = new Requests(streams);
  const answerTo = (answer: { status: number; body?: string }): unknown =>
    requests.ask((request) => requests.respond({ type: "respond", request, ...answer }));
  assert.deepEqual(answerTo({ status: 403 }), { status: 403, body: "403 Forbidden." });
  assert.deepEqual(answerTo({ status: 501 }), { status: 501, body: "501 Not Implemented." });
  assert.deepEqual(answerTo({ status: 400, body: "Unknown agent" }), { status: 400, body: "Unknown agent" });
  assert.deepEqual(answerTo({ status: 202 }), { status: 202 });
});
