// How messages become JSON: which defaults are filled in, which fields left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encode, encodeJson, toJson } from "../codec.ts";
import type { AgentInfo, Offer, SchedulerEvent } from "../messages.gen.ts";

void test("toJson() fills in explicit defaults, but not those of deprecated fields", () => {
  assert.deepEqual(toJson("FrameworkInfo", { user: "u", name: "n" }), {
    user: "u",
    name: "n",
    failover_timeout: 0,
    checkpoint: false,
  });
});

void test("toJson() fills in defaults in nested messages, lists and maps", () => {
  const json = toJson("MasterResponseGetAgents", {
    recovered_agents: [{ hostname: "a" }, { hostname: "b", port: 1 }],
  });
  assert.deepEqual(json, {
    recovered_agents: [
      { hostname: "a", port: 5051 },
      { hostname: "b", port: 1 },
    ],
  });
});

void test("toJson() leaves out what only the older schema knows, where Mesos does", () => {
  const agent: AgentInfo = { hostname: "a", port: 1, checkpoint: true };
  assert.deepEqual(toJson("AgentInfo", agent), { hostname: "a", port: 1 });
  assert.deepEqual(toJson("MasterResponseGetAgents", { recovered_agents: [agent] }), {
    recovered_agents: [agent],
  });
});

void test("toJson() shares what it need not change, and changes nothing", () => {
  const offer: Offer = {
    id: { value: "o" },
    framework_id: { value: "f" },
    agent_id: { value: "a" },
    hostname: "h",
    resources: [{ name: "cpus", type: "SCALAR", scalar: { value: 1 } }],
  };
  const event: SchedulerEvent = { type: "OFFERS", offers: { offers: [offer] } };
  assert.equal(toJson("SchedulerEvent", event), event);
  const info = Object.freeze({ user: "u", name: "n" });
  assert.notEqual(toJson("FrameworkInfo", info), info);
});

void test("encodeJson() writes one line", () => {
  assert.equal(encodeJson("SchedulerEventError", { message: "a\nb" }), '{"message":"a\\nb"}');
});

void test("encode() writes UTF-8", () => {
  const bytes = encode("SchedulerEventError", { message: "ö" }, "application/json");
  assert.equal(Buffer.from(bytes).toString("utf8"), '{"message":"ö"}');
});
