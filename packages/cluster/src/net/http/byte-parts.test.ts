// Bodies in several parts, whose memory comes back when the client has them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { startTestServer } from "../testing/test-server.ts";
import { until } from "../testing/until.ts";
import { ByteParts } from "./byte-parts.ts";

const PARTS = ["a", "b", "c"].map((letter) => Buffer.alloc(2_000_000, letter));

void test("HttpServer sends parts with their length and says when the client has them", async (t) => {
  let sent = 0;
  const { open } = await startTestServer(t, [
    { path: "/long", handle: () => ({ status: 200, body: new ByteParts(PARTS, () => (sent += 1)) }) },
  ]);
  const client = await open();
  client.socket.pause();
  client.send(
    "GET /long HTTP/1.1\r\n\r\nGET /long HTTP/1.1\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
  );
  await new Promise(setImmediate);
  assert.equal(sent, 0);
  client.socket.resume();
  const text = await client.untilClosed();
  await until(() => sent === 2);
  assert.match(text, /^HTTP\/1.1 200 OK\r\n(?:.*\r\n)*?Content-Length: 6000000\r\n/);
  const body = text.indexOf("\r\n\r\n") + 4;
  assert.ok(text.slice(body, body + 6_000_000) === PARTS.join(""));
  const second = text.slice(body + 6_000_000);
  const chunks = second.slice(second.indexOf("\r\n\r\n") + 4);
  assert.ok(gunzipSync(dechunk(chunks)).equals(Buffer.concat(PARTS)));
});

void test("HttpServer does not give back parts that a client never read", async (t) => {
  let sent = 0;
  const { open, server } = await startTestServer(t, [
    { path: "/long", handle: () => ({ status: 200, body: new ByteParts(PARTS, () => (sent += 1)) }) },
  ]);
  const client = await open();
  client.socket.pause();
  client.send("GET /long HTTP/1.1\r\n\r\n");
  await until(() => server.connectionCount === 1);
  client.socket.destroy();
  await until(() => server.connectionCount === 0);
  assert.equal(sent, 0);
});

function dechunk(text: string): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = text.indexOf("\r\n", at);
    const size = Number.parseInt(text.slice(at, end), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(Buffer.from(text.slice(end + 2, end + 2 + size), "latin1"));
    at = end + 2 + size + 2;
  }
}
