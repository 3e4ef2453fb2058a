// Messages of libprocess to the byte as Mesos writes and reads them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { RequestParser } from "../http/request-parser.ts";
import { encodeMessageHead, MESSAGE_END } from "./encode-message.ts";
import { readAddressing } from "./read-addressing.ts";

interface Recorded {
  readonly name: string;
  readonly to: string;
  readonly from: string;
  readonly head: string;
  readonly body_base64: string;
}

const file = new URL("../../../../../test/reference/libprocess.jsonl", import.meta.url);
const recorded = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line): Recorded => JSON.parse(line));

void test("encodeMessageHead() writes what Mesos wrote, to the byte", () => {
  assert.ok(recorded.length > 20);
  for (const { name, to, from, head, body_base64 } of recorded) {
    const body = Buffer.from(body_base64, "base64");
    const address = /\r\nHost: ([^\r]+)/.exec(head)?.[1] ?? "";
    const expected = body.length === 0 ? `${head}\r\n\r\n` : `${head}\r\n\r\n${body.length.toString(16)}\r\n`;
    assert.equal(encodeMessageHead({ from, name, body }, { id: to, address }), expected);
  }
});

void test("RequestParser and readAddressing() read what Mesos wrote", () => {
  const parser = new RequestParser({ remote: "" });
  for (const { name, to, from, head, body_base64 } of recorded) {
    const body = Buffer.from(body_base64, "base64");
    const framed = body.length === 0 ? [] : [`${body.length.toString(16)}\r\n`, body, MESSAGE_END];
    parser.push(Buffer.concat([`${head}\r\n\r\n`, ...framed].map((part) => Buffer.from(part))));
    const request = parser.next();
    assert.ok(request !== undefined);
    assert.equal(request.head.isMessage, true);
    assert.deepEqual(readAddressing(request.head), { from, to, name });
    assert.deepEqual(request.body, body);
  }
});

void test("encodeMessageHead() leaves an empty id out of the path", () => {
  const message = { from: "a@1.2.3.4:5", name: "x.Y", body: Buffer.alloc(0) };
  assert.ok(
    encodeMessageHead(message, { id: "", address: "1.2.3.4:6" }).startsWith("POST /x.Y HTTP/1.1\r\n"),
  );
});
