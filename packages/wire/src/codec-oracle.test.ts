// The codec against an independent implementation of protobuf, over the same schema files.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type protobuf from "protobufjs";
import { readProtos } from "../scripts/read-protos.ts";
import { typeName } from "../scripts/type-name.ts";
import { arbitraryMessage } from "./codec/arbitrary-message.ts";
import { decodeProtobuf, encodeProtobuf, type MessageName } from "./codec.ts";
import type { Messages } from "./messages.gen.ts";

const NAMES: readonly MessageName[] = [
  "SchedulerCall",
  "MasterResponse",
  "ReregisterSlaveMessage",
  "AgentCall",
];
const RUNS = 25;

const { types } = readProtos();

for (const name of NAMES) {
  const type = types.find((candidate) => typeName(candidate) === name);
  assert.ok(type !== undefined);

  void test(`${name}: protobufjs reads what encodeProtobuf() writes, and the other way round`, () => {
    fc.assert(
      fc.property(arbitraryMessage(name), (message) => {
        const given = message as Messages[typeof name];
        const decoded = type.decode(encodeProtobuf(name, given));
        assert.deepEqual(decodeProtobuf(name, encodedBy(type, decoded)), { ok: true, value: given });
      }),
      { numRuns: RUNS },
    );
  });
}

function encodedBy(type: protobuf.Type, message: protobuf.Message): Uint8Array {
  return type.encode(message).finish();
}
