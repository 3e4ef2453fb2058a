// Calls about draining as the core takes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { maintenanceInput } from "./maintenance-input.ts";

const agent_id = { value: "a" };

test("maintenanceInput() says how long tasks get in nanoseconds, and always whether the agent will be gone", () => {
  assert.deepEqual(maintenanceInput({ type: "DRAIN_AGENT", drain_agent: { agent_id } }), {
    type: "drain-agent",
    agentId: "a",
    config: { mark_gone: false },
  });
  const drain_agent = { agent_id, max_grace_period: { seconds: 2, nanos: 5 }, mark_gone: true };
  assert.deepEqual(maintenanceInput({ type: "DRAIN_AGENT", drain_agent }), {
    type: "drain-agent",
    agentId: "a",
    config: { max_grace_period: { nanoseconds: 2_000_000_005 }, mark_gone: true },
  });
});

test("maintenanceInput() leaves other calls to others", () => {
  assert.equal(maintenanceInput({ type: "GET_STATE" }), undefined);
});
