// The codec against what a real Mesos wrote: test/reference/.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  decode,
  decodeProtobuf,
  encodeJson,
  encodeProtobuf,
  messageNameOf,
  type MessageName,
} from "./codec.ts";

const REFERENCE = join(import.meta.dirname, "../../../test/reference");

interface RecordedMessage {
  name: string;
  at_s: number;
  body_base64: string;
}

const recorded = readFileSync(join(REFERENCE, "libprocess.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as RecordedMessage);

for (const { name, at_s, body_base64 } of recorded) {
  void test(`libprocess: ${name} at ${at_s} s comes back byte for byte`, () => {
    const known = messageNameOf(name);
    assert.ok(known !== undefined, `${name} is not in the schema`);
    const decoded = decodeProtobuf(known, Buffer.from(body_base64, "base64"));
    assert.ok(decoded.ok, decoded.ok ? "" : decoded.error);
    const encoded = encodeProtobuf(known, decoded.value);
    assert.equal(Buffer.from(encoded).toString("base64"), body_base64);
  });
}

/** Some answers of Mesos show empty lists, which no message holds; whoever builds the answer puts them there. */
function withoutEmptyLists(text: string): unknown {
  return JSON.parse(text, (_key, item: unknown) =>
    Array.isArray(item) && item.length === 0 ? undefined : item,
  );
}

const ANSWERS: readonly [folder: string, name: MessageName][] = [
  ["master-v1", "MasterResponse"],
  ["agent-v1", "AgentResponse"],
];

for (const [folder, name] of ANSWERS) {
  for (const file of readdirSync(join(REFERENCE, folder)).filter((entry) => entry.endsWith(".json"))) {
    const text = readFileSync(join(REFERENCE, folder, file), "utf8");
    if (!text.trimStart().startsWith("{")) continue;
    void test(`${folder}/${file} comes back as JSON and through protobuf`, () => {
      const answer = decode(name, Buffer.from(text), "application/json");
      assert.ok(answer.ok, answer.ok ? "" : answer.error);
      assert.deepEqual(JSON.parse(encodeJson(name, answer.value)), withoutEmptyLists(text));
      assert.deepEqual(decodeProtobuf(name, encodeProtobuf(name, answer.value)), answer);
    });
  }
}

const STREAMS: readonly [file: string, name: MessageName][] = [
  ["operator_subscribe.events.json", "MasterEvent"],
  ["scheduler_subscribe.events.json", "SchedulerEvent"],
];

for (const [file, name] of STREAMS) {
  const events = JSON.parse(readFileSync(join(REFERENCE, "streams", file), "utf8")) as { type: string }[];
  for (const [index, event] of events.entries()) {
    void test(`streams/${file}: event ${index}, ${event.type}, comes back as JSON and through protobuf`, () => {
      const text = JSON.stringify(event);
      const read = decode(name, Buffer.from(text), "application/json");
      assert.ok(read.ok, read.ok ? "" : read.error);
      assert.deepEqual(JSON.parse(encodeJson(name, read.value)), withoutEmptyLists(text));
      assert.deepEqual(decodeProtobuf(name, encodeProtobuf(name, read.value)), read);
    });
  }
}
