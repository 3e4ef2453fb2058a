import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeProtobuf, encodeProtobuf } from "./codec.ts";
import type { SchedulerCall } from "./messages.gen.ts";

const call: SchedulerCall = {
  type: "ACCEPT",
  framework_id: { value: "f" },
  accept: {
    offer_ids: [{ value: "o1" }, { value: "ö2" }],
    operations: [
      {
        type: "LAUNCH",
        launch: {
          task_infos: [
            {
              name: "t",
              task_id: { value: "t1" },
              agent_id: { value: "a" },
              resources: [{ name: "cpus", type: "SCALAR", scalar: { value: 0.5 } }],
              data: "AAEC",
              limits: { cpus: { value: Infinity } },
            },
          ],
        },
      },
    ],
    filters: { refuse_seconds: 5 },
  },
};

void test("encodeProtobuf() and decodeProtobuf() are inverse", () => {
  const bytes = encodeProtobuf("SchedulerCall", call);
  assert.deepEqual(decodeProtobuf("SchedulerCall", bytes), { ok: true, value: call });
});
