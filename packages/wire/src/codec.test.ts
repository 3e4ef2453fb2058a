// Messages to protobuf and JSON and back, whatever they hold, and bytes that are none.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { arbitraryMessage } from "./codec/arbitrary-message.ts";
import { allMessageSchemas, type MessageName } from "./codec/schema.ts";
import { decode, decodeProtobuf, encodeProtobuf, fromJson } from "./codec.ts";
import type { ContainerID, Messages, SchedulerCall, TaskInfo } from "./messages.gen.ts";

const MESSAGES: readonly MessageName[] = [...allMessageSchemas()].map(({ name }) => name);

/** Big messages with everything that a field can be. */
const RICH: readonly MessageName[] = ["SchedulerCall", "MasterResponse", "RegisterSlaveMessage", "Registry"];

/** For each of them; enough to find a fault in a few runs of the suite, and quick. */
const FUZZ_RUNS = 40;

const call: SchedulerCall = {
  type: "ACCEPT",
  framework_id: { value: "f" },
  accept: {
    offer_ids: [{ value: "o1" }, { value: "ö2".repeat(60) }],
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

function value<T>(result: { ok: true; value: T } | { ok: false; error: string }): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function error(result: { ok: true; value: unknown } | { ok: false; error: string }): string {
  return result.ok ? "no error" : result.error;
}

void test("decodeProtobuf() undoes encodeProtobuf()", () => {
  assert.deepEqual(value(decodeProtobuf("SchedulerCall", encodeProtobuf("SchedulerCall", call))), call);
});

void test("decode() undoes encode(), whatever the message and the media type", () => {
  for (const name of MESSAGES) {
    const numRuns = RICH.includes(name) ? 30 : 2;
    fc.assert(
      fc.property(arbitraryMessage(name), (message) => {
        const given = message as Messages[typeof name];
        assert.deepEqual(value(decodeProtobuf(name, encodeProtobuf(name, given))), given);
        assert.deepEqual(value(fromJson(name, given)), given);
      }),
      { numRuns },
    );
  }
});

void test("decodeProtobuf() takes any bytes without throwing", () => {
  for (const name of RICH) {
    const flipped = fc
      .tuple(arbitraryMessage(name), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }))
      .map(([message, changes]) => damaged(encodeProtobuf(name, message as Messages[typeof name]), changes));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), flipped), (bytes) => {
        const result = decodeProtobuf(name, bytes);
        if (result.ok) encodeProtobuf(name, result.value);
        else assert.match(result.error, /^Can't parse message of type "mesos\.[\w.]+"/);
      }),
      { numRuns: FUZZ_RUNS },
    );
  }
});

function damaged(bytes: Uint8Array, changes: [at: number, byte: number][]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const [at, byte] of changes) copy[at % Math.max(1, copy.length)] = byte;
  return copy;
}

void test("decode() takes any JSON without throwing", () => {
  for (const name of RICH) {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), mangledJson(name)), (text) => {
        const result = decode(name, new TextEncoder().encode(text), "application/json");
        if (!result.ok)
          assert.match(result.error, /^Failed to (?:parse body into JSON|convert JSON into \w+ protobuf): /);
      }),
      { numRuns: FUZZ_RUNS },
    );
  }
});

/** Messages in which some values are replaced by something else. */
function mangledJson(name: MessageName): fc.Arbitrary<string> {
  return fc
    .tuple(arbitraryMessage(name), fc.infiniteStream(fc.tuple(fc.nat(20), fc.jsonValue())))
    .map(([message, dice]) =>
      JSON.stringify(message, (_key, item: unknown) => {
        const [die, other] = dice.next().value;
        return die === 0 ? other : item;
      }),
    );
}

void test("decodeProtobuf() merges a message that comes in parts", () => {
  const first = encodeProtobuf("SchedulerCall", { type: "KILL", kill: { task_id: { value: "t" } } });
  const second = encodeProtobuf("SchedulerCall", {
    type: "KILL",
    kill: { task_id: { value: "u" }, agent_id: { value: "a" } },
  });
  assert.deepEqual(value(decodeProtobuf("SchedulerCall", Buffer.concat([first, second]))), {
    type: "KILL",
    kill: { task_id: { value: "u" }, agent_id: { value: "a" } },
  });
});

void test("decodeProtobuf() passes over unknown fields of every wire type", () => {
  const unknown = [
    [0xf8, 0x07, 0x80, 0x01],
    [0xf9, 0x07, 1, 2, 3, 4, 5, 6, 7, 8],
    [0xfa, 0x07, 2, 0xff, 0xff],
    [0xfb, 0x07, 0x08, 1, 0x13, 0x14, 0xfc, 0x07],
    [0xfd, 0x07, 1, 2, 3, 4],
  ];
  const known = encodeProtobuf("ContainerID", { value: "c" });
  const bytes = Buffer.concat([...unknown.map((field) => Uint8Array.from(field)), known]);
  assert.deepEqual(value(decodeProtobuf("ContainerID", bytes)), { value: "c" });
});

const MALFORMED: readonly [name: string, bytes: number[], error: RegExp][] = [
  ["a truncated string", [0x0a, 5, 0x61], /a field runs past the end/],
  ["a truncated varint", [0x80], /a field runs past the end/],
  ["a length beyond 2^31", [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], /a field runs past the end/],
  ["an endless varint", Array.from({ length: 12 }, () => 0xff), /a varint is longer than 10 bytes/],
  ["field number 0", [0x02, 0], /a field has number 0/],
  ["a group that ends before it began", [0x0c], /wire type 4 is not expected here/],
  ["groups without end", Array.from({ length: 300 }, () => 0x1b), /nested deeper than 100/],
];

for (const [name, bytes, expected] of MALFORMED) {
  void test(`decodeProtobuf() refuses ${name}`, () => {
    assert.match(error(decodeProtobuf("ContainerID", Uint8Array.from(bytes))), expected);
  });
}

for (const nanoseconds of [0, -1, 2 ** 32, -(2 ** 32), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
  void test(`encodeProtobuf() keeps the 64-bit number ${nanoseconds}`, () => {
    const bytes = encodeProtobuf("DurationInfo", { nanoseconds });
    assert.deepEqual(value(decodeProtobuf("DurationInfo", bytes)), { nanoseconds });
  });
}

void test("encodeProtobuf() writes 64-bit numbers as C++ does", () => {
  const hex = (nanoseconds: number): string =>
    Buffer.from(encodeProtobuf("DurationInfo", { nanoseconds })).toString("hex");
  assert.equal(hex(-1), "08ffffffffffffffffff01");
  assert.equal(hex(300), "08ac02");
  assert.equal(hex(2 ** 40), "08808080808020");
});

void test("encodeProtobuf() refuses what is no such message, and can go on", () => {
  const nameless = { task_id: { value: "t" } } as TaskInfo;
  assert.throws(() => encodeProtobuf("TaskInfo", nameless), {
    name: "TypeError",
    message: "Cannot encode TaskInfo: agent_id is missing",
  });
  const odd = { type: "DANCE" } as unknown as SchedulerCall;
  assert.throws(
    () => encodeProtobuf("SchedulerCall", odd),
    /Cannot encode SchedulerCall.type: 'DANCE' is not one of its values/,
  );
  assert.deepEqual([...encodeProtobuf("ContainerID", { value: "c" })], [0x0a, 1, 0x63]);
});

void test("decodeProtobuf() drops numbers that an enum does not know", () => {
  assert.deepEqual(value(decodeProtobuf("SchedulerCall", Uint8Array.of(0x10, 99))), {});
});

void test("decodeProtobuf() takes lists packed or not", () => {
  const packed = Uint8Array.of(0x22, 3, 1, 0x80, 2);
  const single = Uint8Array.of(0x20, 1, 0x20, 0x80, 2);
  for (const bytes of [packed, single]) {
    assert.deepEqual(
      value(decodeProtobuf("HealthCheckHTTPCheckInfo", Buffer.concat([Uint8Array.of(0x08, 80), bytes]))),
      {
        port: 80,
        statuses: [1, 256],
      },
    );
  }
});

void test("decodeProtobuf() names the required fields that are missing", () => {
  const bytes = Uint8Array.of(0x0a, 5, 0x0a, 3, 0x0a, 1, 0x6f, 0x0a, 0);
  assert.equal(
    error(decodeProtobuf("SchedulerEventOffers", bytes)),
    'Can\'t parse message of type "mesos.v1.scheduler.Event.Offers" because it is missing required fields: ' +
      "offers[0].framework_id, offers[0].agent_id, offers[0].hostname, " +
      "offers[1].id, offers[1].framework_id, offers[1].agent_id, offers[1].hostname",
  );
});

void test("decodeProtobuf() takes map entries without key, without value and with any key", () => {
  const entries = [
    [0x0a, 0],
    [0x0a, 3, 0x0a, 1, 0x61],
    [0x0a, 11, 0x0a, 9, ...Buffer.from("__proto__")],
  ];
  const message = value(decodeProtobuf("SchedulerOfferConstraints", Uint8Array.from(entries.flat())));
  assert.deepEqual(Object.entries(message.role_constraints ?? {}), [
    ["", {}],
    ["a", {}],
    ["__proto__", {}],
  ]);
});

void test("decodeProtobuf() bounds how deep messages nest", () => {
  const nested = (depth: number): ContainerID => ({
    value: "c",
    ...(depth > 0 && { parent: nested(depth - 1) }),
  });
  assert.deepEqual(
    value(decodeProtobuf("ContainerID", encodeProtobuf("ContainerID", nested(100)))),
    nested(100),
  );
  const result = decodeProtobuf("ContainerID", encodeProtobuf("ContainerID", nested(101)));
  assert.match(error(result), /nested deeper than 100$/);
});

test("decodeProtobuf() misses required fields of a map's value that is not there", () => {
  const role = [0x0a, 0x01, 0x72];
  const entryWithoutValue = [0x12, 0x03, 0x0a, 0x01, 0x61];
  assert.equal(decodeProtobuf("QuotaConfig", Uint8Array.from([...role, ...entryWithoutValue])).ok, false);
  assert.equal(decodeProtobuf("QuotaConfig", Uint8Array.from(role)).ok, true);
});
