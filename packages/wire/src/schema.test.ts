// The generated schema is that of proto/, and whole.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { generatedFiles } from "../scripts/generated-files.ts";
import { allMessageSchemas, messageNameOf, messageSchema } from "./codec/schema.ts";

void test("generated files are what proto/ says", () => {
  for (const { path, text } of generatedFiles()) {
    assert.ok(readFileSync(path, "utf8") === text, `${path} is stale: npm run generate`);
  }
});

void test("messageNameOf() knows messages by their names on the wire", () => {
  assert.equal(messageNameOf("mesos.internal.RegisterSlaveMessage"), "RegisterSlaveMessage");
  assert.equal(messageNameOf("mesos.v1.scheduler.Call"), "SchedulerCall");
  assert.equal(messageNameOf("mesos.scheduler.Call"), "DriverCall");
  assert.equal(messageNameOf("mesos.internal.Nothing"), undefined);
});

void test("messageSchema() refuses an unknown name", () => {
  assert.throws(() => messageSchema("Nothing"), TypeError);
});

void test("every field of every message is linked and has a number of its own", () => {
  for (const { name, fields } of allMessageSchemas()) {
    assert.equal(new Set(fields.map((field) => field.number)).size, fields.length, name);
    for (const { type } of fields) assert.ok(typeof type === "object" || /^[a-z]+(32|64)?$/.test(type), name);
  }
});
