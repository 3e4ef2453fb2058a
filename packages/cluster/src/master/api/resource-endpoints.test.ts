// Forms of the older endpoints that reserve and make volumes, and the calls that do the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { systemRandom } from "../../core/random.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { defaultMasterOptions } from "../options.ts";
import { MasterProcess } from "../run.ts";
import { operationOf } from "./operator/operation-of.ts";

const PREFIX = "query parameter in the request body";

test("resourceEndpoints() reads forms, and says what is wrong with them", async () => {
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0 },
    { clock: systemClock, logger: silentLogger, random: systemRandom, store: new MemoryStore() },
  );
  await master.start();
  const cases: [string, Record<string, string>, number, string][] = [
    ["/reserve", {}, 400, `Missing 'slaveId' ${PREFIX}`],
    ["/reserve", { slaveId: "s" }, 400, `Missing 'resources' ${PREFIX}`],
    [
      "/reserve",
      { slaveId: "s", resources: "{}" },
      400,
      `Error parsing 'resources' ${PREFIX}: Unexpected JSON type parsed`,
    ],
    [
      "/unreserve",
      { slaveId: "s", resources: "[{}]" },
      400,
      `Error in parsing 'resources' ${PREFIX}: Missing required fields: name, type`,
    ],
    [
      "/create-volumes",
      { slaveId: "s", volumes: "7" },
      400,
      `Error in parsing 'volumes' ${PREFIX}: Unexpected JSON type parsed`,
    ],
    ["/destroy-volumes", { slaveId: "s", volumes: "[]" }, 400, "No agent found with specified ID"],
    ["/master/reserve", { slaveId: "s", resources: "[]" }, 400, "No agent found with specified ID"],
  ];
  try {
    for (const [path, form, status, words] of cases) {
      const url = `http://127.0.0.1:${master.address.port}${path}`;
      const answer = await fetch(url, { method: "POST", body: new URLSearchParams(form).toString() });
      assert.deepEqual([answer.status, await answer.text()], [status, words], path);
      assert.equal((await fetch(url)).status, 405);
    }
  } finally {
    await master.stop();
  }
});

test("operationOf() knows the calls that change an agent's resources", () => {
  const agent_id = { value: "s" };
  const one = { name: "disk", type: "SCALAR", scalar: { value: 1 } } as const;
  const kinds = [
    operationOf({
      type: "RESERVE_RESOURCES",
      reserve_resources: { agent_id, source: [one], resources: [one] },
    }),
    operationOf({ type: "UNRESERVE_RESOURCES", unreserve_resources: { agent_id, resources: [one] } }),
    operationOf({ type: "CREATE_VOLUMES", create_volumes: { agent_id, volumes: [one] } }),
    operationOf({ type: "DESTROY_VOLUMES", destroy_volumes: { agent_id, volumes: [one] } }),
    operationOf({ type: "GROW_VOLUME", grow_volume: { agent_id, volume: one, addition: one } }),
    operationOf({ type: "SHRINK_VOLUME", shrink_volume: { agent_id, volume: one, subtract: { value: 1 } } }),
  ];
  assert.deepEqual(
    kinds.map((kind) => `${kind?.agentId} ${kind?.operation.type}`),
    ["s RESERVE", "s UNRESERVE", "s CREATE", "s DESTROY", "s GROW_VOLUME", "s SHRINK_VOLUME"],
  );
  assert.equal(operationOf({ type: "GET_HEALTH" }), undefined);
});
