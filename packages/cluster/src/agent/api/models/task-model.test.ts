// What /state adds to tasks where their frameworks left something unsaid.
import assert from "node:assert/strict";
import { test } from "node:test";
import { queuedTaskModel, taskModel } from "./task-model.ts";

const ids = { name: "t", task_id: { value: "t" }, agent_id: { value: "a" } };

test("taskModel() says of an address what it is where nobody said so", () => {
  const container_status = { network_infos: [{ ip_addresses: [{ ip_address: "10.0.0.1" }] }] };
  const { statuses } = taskModel({
    ...ids,
    framework_id: { value: "f" },
    state: "TASK_RUNNING",
    statuses: [{ task_id: { value: "t" }, state: "TASK_RUNNING", container_status }],
  }) as { statuses: object[] };
  const addresses = [{ protocol: "IPv4", ip_address: "10.0.0.1" }];
  assert.deepEqual(statuses, [
    {
      state: "TASK_RUNNING",
      timestamp: 0,
      container_status: { network_infos: [{ ip_addresses: addresses }] },
    },
  ]);
});

test("queuedTaskModel() says of a variable what it is where nobody said so", () => {
  const environment = { variables: [{ name: "A", value: "1" }] };
  const { command } = queuedTaskModel({ ...ids, command: { value: "true", environment } }) as {
    command: object;
  };
  assert.deepEqual(command, {
    value: "true",
    argv: [],
    environment: { variables: [{ name: "A", type: "VALUE", value: "1" }] },
    uris: [],
  });
});
