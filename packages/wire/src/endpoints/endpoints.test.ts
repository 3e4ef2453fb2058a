// The tables of calls have every body and answer of the schema.
import assert from "node:assert/strict";
import { test } from "node:test";
import { messageSchema } from "../codec/schema.ts";
import { AGENT_API } from "./agent-api.ts";
import { EXECUTOR_API } from "./executor-api.ts";
import { MASTER_API } from "./master-api.ts";
import { SCHEDULER_API } from "./scheduler-api.ts";
import { requiredBodyField, validateCallBody } from "./validate-call-body.ts";

for (const { callName, call, calls, response } of [SCHEDULER_API, EXECUTOR_API, MASTER_API, AGENT_API]) {
  void test(`${callName}: every body of the schema is declared`, () => {
    const { byName } = messageSchema(call);
    for (const [type, { body }] of Object.entries(calls)) {
      const field = type.toLowerCase();
      assert.equal(body, byName.has(field) ? field : undefined, type);
    }
  });

  void test(`${callName}: an answer is a message exactly when the schema has one`, () => {
    const answers = response === undefined ? undefined : messageSchema(response).byName;
    for (const [type, { answer }] of Object.entries(calls)) {
      assert.equal(answer === "response", answers?.has(type.toLowerCase()) ?? false, type);
    }
  });
}

void test("requiredBodyField() knows what a call cannot do without", () => {
  assert.equal(requiredBodyField(SCHEDULER_API, "KILL"), "kill");
  assert.equal(requiredBodyField(SCHEDULER_API, "REVIVE"), undefined);
  assert.equal(requiredBodyField(SCHEDULER_API, "TEARDOWN"), undefined);
  assert.equal(requiredBodyField(MASTER_API, "toString"), undefined);
});

void test("validateCallBody() speaks Mesos' words", () => {
  assert.equal(validateCallBody(MASTER_API, {}), "Expecting 'type' to be present");
  assert.equal(validateCallBody(SCHEDULER_API, { type: "SUBSCRIBE" }), "Expecting 'subscribe' to be present");
  assert.equal(validateCallBody(AGENT_API, { type: "PRUNE_IMAGES" }), undefined);
});
