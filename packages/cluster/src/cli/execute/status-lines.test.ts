// What `mezzo execute` prints of an update, to the letter what mesos-execute prints.
import assert from "node:assert/strict";
import { it } from "node:test";
import type { TaskStatus } from "@mezzo/wire";
import { statusLines } from "./status-lines.ts";

const base: TaskStatus = { task_id: { value: "t" }, state: "TASK_FAILED" };

void it("statusLines() prints what mesos-execute prints", () => {
  assert.deepEqual(statusLines(base), ["Received status update TASK_FAILED for task 't'"]);
  const full: TaskStatus = {
    ...base,
    message: "Command exited with status 3",
    source: "SOURCE_EXECUTOR",
    reason: "REASON_COMMAND_EXECUTOR_FAILED",
    healthy: false,
    check_status: { type: "HTTP", http: { status_code: 200 } },
    limitation: { resources: [{ name: "mem", type: "SCALAR", scalar: { value: 32 } }] },
  };
  assert.deepEqual(statusLines(full).slice(1), [
    "  message: 'Command exited with status 3'",
    "  source: SOURCE_EXECUTOR",
    "  reason: REASON_COMMAND_EXECUTOR_FAILED",
    "  healthy?: 0",
    "  check status: HTTP status code 200",
    "  resource limit violation: mem:32",
  ]);
});
