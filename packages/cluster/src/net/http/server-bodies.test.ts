// Bodies over a socket: streams, pieces, slow readers, and those that break off.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { startTestServer } from "../testing/test-server.ts";
import { until } from "../testing/until.ts";
import { RecordStream } from "./record-stream.ts";
import type { Route } from "./router.ts";

const subscribe = (streams: RecordStream[], options = {}): Route => ({
  path: "/subscribe",
  handle: () => {
    const stream = new RecordStream(options);
    streams.push(stream);
    stream.writeRecord("first");
    return { status: 200, headers: { "Content-Type": "application/json" }, body: stream };
  },
});

const REQUEST = "GET /subscribe HTTP/1.1\r\n\r\n";

void test("HttpServer streams in chunks, even to clients that ask to close", async (t) => {
  const streams: RecordStream[] = [];
  const { open } = await startTestServer(t, [subscribe(streams)]);
  const client = await open();
  client.send("GET /subscribe HTTP/1.1\r\nConnection: close\r\n\r\n");
  await client.until((text) => text.endsWith("7\r\n5\nfirst\r\n"));
  streams[0]?.writeRecord("second");
  streams[0]?.end();
  const text = await client.untilClosed();
  assert.match(text, /\r\nTransfer-Encoding: chunked\r\n/);
  assert.doesNotMatch(text, /\r\n(Connection|Content-Length)/);
  assert.ok(text.endsWith("8\r\n6\nsecond\r\n0\r\n\r\n"));
});

void test("HttpServer answers the next request when a stream has ended", async (t) => {
  const streams: RecordStream[] = [];
  const { open } = await startTestServer(t, [subscribe(streams)]);
  const client = await open();
  client.send(REQUEST + REQUEST);
  await client.until((text) => text.includes("first"));
  await until(() => streams.length === 2);
  assert.equal(client.received.split("first").length, 2, "the second answer waits");
  streams[0]?.end();
  await client.until((text) => text.split("first").length === 3);
});

void test("HttpServer tells a stream that its client left", async (t) => {
  const streams: RecordStream[] = [];
  const { open } = await startTestServer(t, [subscribe(streams)]);
  for (const leave of ["destroy", "end"] as const) {
    const client = await open({ allowHalfOpen: true });
    client.send(REQUEST);
    await client.until((text) => text.includes("first"));
    const reasons: string[] = [];
    streams.at(-1)?.onClose((reason) => reasons.push(reason));
    client.socket[leave]();
    await until(() => reasons.length > 0);
    assert.deepEqual(reasons, ["disconnected"]);
  }
});

void test("HttpServer drops a stream whose client stops reading, others go on", async (t) => {
  const streams: RecordStream[] = [];
  const { open, server } = await startTestServer(t, [subscribe(streams, { maxBufferedBytes: 1_000_000 })]);
  const [stuck, reader] = [await open(), await open()];
  stuck.send(REQUEST);
  await stuck.until((text) => text.includes("first"));
  reader.send(REQUEST);
  await reader.until((text) => text.includes("first"));
  const [slow, fast] = streams;
  assert.ok(slow !== undefined && fast !== undefined);
  stuck.socket.pause();
  const record = "x".repeat(50_000);
  let reason: string | undefined;
  slow.onClose((why) => (reason = why));
  // How much the kernel holds is its own business; the server must not hold more than it says.
  while (slow.writeRecord(record)) {
    assert.ok(slow.queuedBytes <= 1_100_000);
    await new Promise(setImmediate);
  }
  await until(() => reason !== undefined && server.connectionCount === 1);
  assert.equal(reason, "too slow");
  assert.equal(fast.closed, false);
});

void test("HttpServer does not make more of a long body than its client takes", async (t) => {
  let made = 0;
  const { open, clock, server } = await startTestServer(t, [
    {
      path: "/state",
      handle: () => ({
        status: 200,
        body: (async function* parts() {
          for (; made < 1000; made += 1) {
            yield "x".repeat(100_000);
          }
        })(),
      }),
    },
    { path: "/health", handle: () => ({ status: 200 }) },
  ]);
  const [stuck, other] = [await open(), await open()];
  stuck.socket.pause();
  stuck.send("GET /state HTTP/1.1\r\n\r\n");
  await until(() => made > 0);
  other.send("GET /health HTTP/1.1\r\n\r\n");
  await other.until((text) => text.endsWith("\r\n\r\n"));
  for (let before = -1; before !== made;) {
    before = made;
    for (let turn = 0; turn < 100; turn += 1) {
      await new Promise(setImmediate);
    }
  }
  assert.ok(made < 900, `made ${made} parts`);
  // After a while without progress it is given up.
  for (let second = 0; second < 130; second += 1) {
    clock.advance(1000);
  }
  await until(() => server.connectionCount === 1);
});

void test("HttpServer sends a body made piece by piece in chunks, compressed, or until it closes", async (t) => {
  const { port, open } = await startTestServer(t, [
    {
      path: "/state",
      handle: () => ({
        status: 200,
        headers: { "Content-Type": "application/json" },
        body: (async function* parts() {
          yield "[1";
          yield "";
          yield Buffer.from(`,"${"é".repeat(500_000)}"]`);
        })(),
      }),
    },
  ]);
  const expected = `[1,"${"é".repeat(500_000)}"]`;
  const plain = await fetch(`http://127.0.0.1:${port}/state`, { headers: { "Accept-Encoding": "identity" } });
  assert.equal(await plain.text(), expected);
  const compressed = await fetch(`http://127.0.0.1:${port}/state`, {
    headers: { "Accept-Encoding": "gzip" },
  });
  assert.equal(compressed.headers.get("content-encoding"), "gzip");
  assert.equal(await compressed.text(), expected);
  const old = await open();
  old.send("GET /state HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const text = await old.untilClosed();
  assert.doesNotMatch(text, /chunked/);
  assert.equal(Buffer.from(text.slice(text.indexOf("\r\n\r\n") + 4), "latin1").toString(), expected);
});

void test("HttpServer sends long text whole to slow readers", async (t) => {
  const body = "0123456789".repeat(500_000);
  const { open } = await startTestServer(t, [{ path: "/state", handle: () => ({ status: 200, body }) }]);
  const client = await open();
  client.send("GET /state HTTP/1.1\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
  const gzipped = await client.untilClosed();
  const bytes = Buffer.from(gzipped.slice(gzipped.indexOf("\r\n\r\n") + 4), "latin1");
  assert.equal(gunzipSync(bytes).toString(), body);
  const plain = await open();
  plain.send("GET /state HTTP/1.1\r\nConnection: close\r\n\r\n");
  assert.ok((await plain.untilClosed()).endsWith(body));
});

void test("HttpServer breaks off when a body cannot be finished", async (t) => {
  const { open } = await startTestServer(t, [
    {
      path: "/state",
      handle: () => ({
        status: 200,
        body: (async function* parts() {
          yield "a";
          throw new Error("x");
        })(),
      }),
    },
  ]);
  const client = await open();
  client.send("GET /state HTTP/1.1\r\n\r\n");
  assert.doesNotMatch(await client.untilClosed(), /\r\n0\r\n\r\n/);
});

void test("HttpServer hands a streamed body to its route while it arrives", async (t) => {
  const seen: string[] = [];
  const { open } = await startTestServer(t, [
    {
      path: "/attach",
      streamsBody: true,
      handle: async (request) => {
        for await (const part of request.bodyStream ?? []) {
          seen.push(part.toString());
        }
        return { status: 200, body: "done" };
      },
    },
    { path: "/refuse", streamsBody: true, handle: () => ({ status: 403, body: "no" }) },
  ]);
  for (const connection of ["keep-alive", "close"]) {
    seen.length = 0;
    const client = await open();
    client.send(`POST /attach HTTP/1.1\r\nConnection: ${connection}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    client.send("3\r\nabc\r\n");
    await until(() => seen.join("") === "abc");
    client.send("2\r\nde\r\n0\r\n\r\n");
    await client.until((text) => text.endsWith("done"));
    assert.equal(seen.join(""), "abcde");
  }
  const refused = await open();
  refused.send(`POST /refuse HTTP/1.1\r\nContent-Length: 5000000\r\n\r\n${"x".repeat(5_000_000)}`);
  refused.send("POST /refuse HTTP/1.1\r\n\r\n");
  await refused.until((text) => text.split("403 Forbidden").length === 3);
});

void test("HttpServer.close() breaks connections and closes streams", async (t) => {
  const streams: RecordStream[] = [];
  const { open, server } = await startTestServer(t, [subscribe(streams)]);
  const client = await open();
  client.send(REQUEST);
  await client.until((text) => text.includes("first"));
  const reasons: string[] = [];
  streams[0]?.onClose((reason) => reasons.push(reason));
  await server.close();
  await client.untilClosed();
  await until(() => reasons.length === 1);
  assert.equal(server.connectionCount, 0);
});
