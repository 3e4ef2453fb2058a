// How JSON becomes messages by Mesos' rules, and the words for what is none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, deserialize, fromJson, type MessageName } from "../codec.ts";

const READ: readonly [rule: string, name: MessageName, json: unknown, message: unknown][] = [
  ["ignores unknown fields", "ContainerID", { value: "a", odd: { x: 1 } }, { value: "a" }],
  ["takes null for absent", "SchedulerCall", { type: null, accept: null }, {}],
  ["takes null in lists for absent", "SchedulerCallRevive", { roles: ["a", null] }, { roles: ["a"] }],
  ["leaves empty lists out", "SchedulerCallRevive", { roles: [] }, {}],
  ["takes one value for a list", "SchedulerCallRevive", { roles: "a" }, { roles: ["a"] }],
  ["flattens lists of lists", "SchedulerCallRevive", { roles: [["a"], [["b"]]] }, { roles: ["a", "b"] }],
  ["drops an unknown name of an optional enum", "SchedulerCall", { type: "NOPE" }, {}],
  ["takes numbers in strings", "Filters", { refuse_seconds: "1.5e1" }, { refuse_seconds: 15 }],
  ["takes Infinity in strings", "Filters", { refuse_seconds: "-Infinity" }, { refuse_seconds: -Infinity }],
  ["takes booleans in strings", "CommandInfo", { shell: "false" }, { shell: false }],
  ["cuts fractions off", "HealthCheckHTTPCheckInfo", { port: 80.9 }, { port: 80 }],
  ["wraps unsigned numbers around", "HealthCheckHTTPCheckInfo", { port: -1 }, { port: 4_294_967_295 }],
  [
    "wraps signed numbers around",
    "AgentInfo",
    { hostname: "h", port: 2 ** 31 },
    { hostname: "h", port: -(2 ** 31) },
  ],
  ["brings base64 into one form", "SecretValue", { data: "QUI\n=" }, { data: "QUI=" }],
  ["takes a Duration as an object", "MasterCallDrainAgent", drain({ seconds: 10 }), drain({ seconds: 10 })],
  ["ignores __proto__", "ContainerID", JSON.parse('{"value":"a","__proto__":{"x":1}}'), { value: "a" }],
];

for (const [rule, name, json, message] of READ) {
  void test(`fromJson() ${rule}`, () => {
    assert.deepEqual(fromJson(name, json), { ok: true, value: message });
  });
}

function drain(duration: unknown): unknown {
  return { agent_id: { value: "a" }, max_grace_period: duration };
}

const acknowledge = (fields: object): unknown => ({ type: "ACKNOWLEDGE", acknowledge: fields });

const REFUSED: readonly [name: MessageName, json: unknown, error: string][] = [
  ["SchedulerCall", [], "Expecting a JSON object"],
  ["SchedulerCall", "x", "Expecting a JSON object"],
  ["SchedulerCall", null, "Expecting a JSON object"],
  ["SchedulerCall", { accept: "x" }, "Not expecting a JSON string for field 'accept'"],
  ["SchedulerCall", { accept: 1 }, "Not expecting a JSON number for field 'accept'"],
  ["SchedulerCall", { accept: true }, "Not expecting a JSON boolean for field 'accept'"],
  ["SchedulerCall", { accept: [] }, "Not expecting a JSON array for field 'accept'"],
  ["SchedulerCall", { type: {} }, "Not expecting a JSON object for field 'type'"],
  ["SchedulerCall", { type: 3 }, "Not expecting a JSON number for field 'type'"],
  [
    "SchedulerOfferConstraints",
    { role_constraints: "x" },
    "Not expecting a JSON string for field 'role_constraints'",
  ],
  [
    "SchedulerOfferConstraints",
    { role_constraints: { a: 1 } },
    "Not expecting a JSON number for field 'value'",
  ],
  ["Resource", { name: "x", type: "NOPE" }, "Failed to find enum for 'NOPE'"],
  [
    "Filters",
    { refuse_seconds: "x5" },
    "Failed to parse 'x5' as a JSON number for field 'refuse_seconds': syntax error at line 1 near: x5",
  ],
  [
    "Filters",
    { refuse_seconds: "true" },
    "Failed to parse 'true' as a JSON number for field 'refuse_seconds': Unexpected JSON type parsed",
  ],
  [
    "CommandInfo",
    { shell: "no" },
    "Failed to parse 'no' as a JSON boolean for field 'shell': syntax error at line 1 near: o",
  ],
  ["CommandInfo", { shell: 1 }, "Not expecting a JSON number for field 'shell'"],
  [
    "SchedulerCall",
    acknowledge({ uuid: "!" }),
    "Failed to base64 decode bytes field 'uuid': Invalid character '!'",
  ],
  [
    "SchedulerCall",
    acknowledge({ agent_id: {}, uuid: "QQ==" }),
    "Missing required fields: acknowledge.task_id, acknowledge.agent_id.value",
  ],
  ["ExecutorCall", {}, "Missing required fields: executor_id, framework_id"],
  [
    "SchedulerOfferConstraints",
    { role_constraints: { a: { groups: [{ attribute_constraints: [{}] }] } } },
    "Missing required fields: role_constraints[0].value.groups[0].attribute_constraints[0].selector, " +
      "role_constraints[0].value.groups[0].attribute_constraints[0].predicate",
  ],
  // Of several errors the first in order of names.
  ["SchedulerCall", { type: 1, decline: 2, accept: 3 }, "Not expecting a JSON number for field 'accept'"],
];

for (const [name, json, error] of REFUSED) {
  void test(`fromJson() refuses ${JSON.stringify(json)}`, () => {
    assert.deepEqual(fromJson(name, json), { ok: false, error });
  });
}

void test("fromJson() bounds how deep messages nest", () => {
  let json: unknown = { value: "c" };
  for (let depth = 0; depth < 100_000; depth++) json = { value: "c", parent: json };
  assert.deepEqual(fromJson("ContainerID", json), {
    ok: false,
    error: "Cannot read JSON nested deeper than 200",
  });
});

const BODIES: readonly [body: string, error: string][] = [
  ["not json", "Failed to parse body into JSON: syntax error at line 1 near: ot json"],
  ["[]", "Failed to convert JSON into Call protobuf: Expecting a JSON object"],
];

for (const [body, error] of BODIES) {
  void test(`decode() refuses the body ${body}`, () => {
    const bytes = new TextEncoder().encode(body);
    assert.deepEqual(decode("MasterCall", bytes, "application/json"), { ok: false, error });
  });
}

void test("decode() refuses bytes that are no protobuf", () => {
  assert.deepEqual(decode("MasterCall", Uint8Array.of(0xff), "application/x-protobuf"), {
    ok: false,
    error: "Failed to parse body into Call protobuf",
  });
});

void test("deserialize() has words of its own", () => {
  const text = (body: string): Uint8Array => new TextEncoder().encode(body);
  const refusal = (body: Uint8Array, type: "application/json" | "application/x-protobuf"): unknown =>
    deserialize("AgentCall", body, type);
  assert.deepEqual(refusal(Uint8Array.of(0xff), "application/x-protobuf"), {
    ok: false,
    error: "Failed to parse body into a protobuf object",
  });
  assert.deepEqual(refusal(text("[]"), "application/json"), { ok: false, error: "Expecting a JSON object" });
  assert.deepEqual(refusal(text("x{"), "application/json"), {
    ok: false,
    error: "Failed to parse body into JSON: syntax error at line 1 near: x{",
  });
});
