// Calls of older drivers, read as those of v1.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeProtobuf } from "@mezzo/wire";
import { decodeDriverCall } from "./decode-driver-call.ts";

test("decodeDriverCall() reads calls that are the same in v1", () => {
  const call = { framework_id: { value: "f" }, type: "TEARDOWN" } as const;
  const decoded = decodeDriverCall(encodeProtobuf("SchedulerCall", call));
  assert.deepEqual(decoded, { ok: true, value: { call, force: false } });
});

test("decodeDriverCall() reads the older numbers of SUBSCRIBE", () => {
  const info = encodeProtobuf("FrameworkInfo", { user: "u", name: "n" });
  const role = new TextEncoder().encode("r");
  // framework_info = 1, force = 2, suppressed_roles = 3
  const subscribe = [0x0a, info.length, ...info, 0x10, 1, 0x1a, role.length, ...role];
  const bytes = Uint8Array.from([0x10, 1, 0x1a, subscribe.length, ...subscribe]);
  assert.deepEqual(decodeDriverCall(bytes), {
    ok: true,
    value: {
      call: {
        type: "SUBSCRIBE",
        subscribe: { framework_info: { user: "u", name: "n" }, suppressed_roles: ["r"] },
      },
      force: true,
    },
  });
});

test("decodeDriverCall() refuses what is cut off", () => {
  assert.equal(decodeDriverCall(Uint8Array.from([0x1a, 5, 1])).ok, false);
  assert.equal(decodeDriverCall(Uint8Array.from([0x1a, 2, 0x0a, 9])).ok, false);
  assert.equal(decodeDriverCall(Uint8Array.from([0xff])).ok, false);
});
