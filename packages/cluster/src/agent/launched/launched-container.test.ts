// How ends of containers are told over the API.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resource } from "@mezzo/wire";
import { endOf } from "./launched-container.ts";

void test("endOf() gives the wait status, and of one that was ended for too much how its task fails", () => {
  const limited: Resource[] = [{ name: "mem", type: "SCALAR", scalar: { value: 40 } }];
  const reason = "REASON_CONTAINER_LIMITATION_MEMORY";
  const cases: [Parameters<typeof endOf>[0], ReturnType<typeof endOf>][] = [
    [{}, {}],
    [{ exitCode: 3 }, { exit_status: 3 << 8 }],
    [{ signal: 9 }, { exit_status: 9 }],
    [
      { exitCode: 0, message: "Container exited" },
      { exit_status: 0, message: "Container exited" },
    ],
    [
      { signal: 9, reason, message: "Memory limit exceeded", limited },
      {
        exit_status: 9,
        state: "TASK_FAILED",
        reason,
        message: "Memory limit exceeded",
        limitation: { resources: limited },
      },
    ],
  ];
  for (const [termination, end] of cases) assert.deepEqual(endOf(termination), end);
});
