// Maintenance over HTTP: the older endpoints and the operator API do the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { systemRandom } from "../../core/random.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { defaultMasterOptions } from "../options.ts";
import { MasterProcess } from "../run.ts";

/** Asks a fresh master one thing after the other; `status body` of each answer. */
async function ask(requests: readonly [path: string, body?: unknown][]): Promise<string[]> {
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0 },
    { clock: systemClock, logger: silentLogger, random: systemRandom, store: new MemoryStore() },
  );
  await master.start();
  try {
    const answers: string[] = [];
    for (const [path, body] of requests) {
      const response = await fetch(`http://127.0.0.1:${master.address.port}${path}`, {
        ...(body === undefined
          ? {}
          : { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }),
        headers: { "Content-Type": "application/json" },
      });
      answers.push(`${response.status} ${await response.text()}`);
    }
    return answers;
  } finally {
    await master.stop();
  }
}

const ID = { hostname: "a", ip: "10.0.0.1" };
const SCHEDULE = { windows: [{ machine_ids: [ID], unavailability: { start: { nanoseconds: 5 } } }] };
const SCHEDULE_JSON = JSON.stringify(SCHEDULE);
const ID_JSON = JSON.stringify(ID);

test("the older endpoints take a machine through its maintenance", async () => {
  const answers = await ask([
    ["/maintenance/schedule"],
    ["/maintenance/schedule", SCHEDULE],
    ["/master/maintenance/schedule"],
    ["/maintenance/status?jsonp=f"],
    ["/machine/down", [ID]],
    ["/maintenance/status"],
    ["/machine/up", [ID]],
    ["/maintenance/schedule"],
    ["/machine/down", [ID]],
  ]);
  assert.deepEqual(answers, [
    "200 {}",
    "200 ",
    `200 ${SCHEDULE_JSON}`,
    `200 f({"draining_machines":[{"id":${ID_JSON}}]})`,
    "200 ",
    `200 {"down_machines":[${ID_JSON}]}`,
    "200 ",
    "200 {}",
    `400 Machine '${ID_JSON}' is not in DRAINING mode and cannot be brought down`,
  ]);
});

test("the operator API says and does the same", async () => {
  const [path, machines] = ["/api/v1", { machines: [ID] }];
  const answers = await ask([
    [path, { type: "UPDATE_MAINTENANCE_SCHEDULE", update_maintenance_schedule: { schedule: SCHEDULE } }],
    [path, { type: "GET_MAINTENANCE_SCHEDULE" }],
    [path, { type: "START_MAINTENANCE", start_maintenance: machines }],
    [path, { type: "GET_MAINTENANCE_STATUS" }],
    [path, { type: "STOP_MAINTENANCE", stop_maintenance: machines }],
    [path, { type: "DRAIN_AGENT", drain_agent: { agent_id: { value: "x" } } }],
    [path, { type: "DEACTIVATE_AGENT", deactivate_agent: { agent_id: { value: "x" } } }],
    [path, { type: "REACTIVATE_AGENT", reactivate_agent: { agent_id: { value: "x" } } }],
  ]);
  assert.deepEqual(answers, [
    "200 ",
    `200 {"type":"GET_MAINTENANCE_SCHEDULE","get_maintenance_schedule":{"schedule":${SCHEDULE_JSON}}}`,
    "200 ",
    `200 {"type":"GET_MAINTENANCE_STATUS","get_maintenance_status":{"status":{"down_machines":[${ID_JSON}]}}}`,
    "200 ",
    "400 Unknown agent",
    "400 Unknown agent",
    "400 Agent is not deactivated",
  ]);
});

const MALFORMED: readonly [path: string, body: string, words: string][] = [
  ["/maintenance/schedule", "{", "syntax error at line 1 near: "],
  ["/maintenance/schedule", "[]", "Unexpected JSON type parsed"],
  ["/maintenance/schedule", '{"windows":[{}]}', "Missing required fields: windows[0].unavailability"],
  ["/machine/down", "{}", "Unexpected JSON type parsed"],
  ["/machine/up", "[1]", "Expecting a JSON object"],
  ["/machine/up", "", "syntax error at line 1 near: "],
];

test("malformed bodies are refused in Mesos' words", async () => {
  assert.deepEqual(
    await ask(MALFORMED.map(([path, body]) => [path, body])),
    MALFORMED.map(([, , words]) => `400 ${words}`),
  );
});
