// Requests over a socket: order, headers, limits, and clients that misbehave.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { startTestServer } from "../testing/test-server.ts";
import { until } from "../testing/until.ts";
import type { HttpResponse } from "./http-response.ts";
import { jsonResponse, temporaryRedirect } from "./responses.ts";
import type { Route } from "./router.ts";

const DATE = "Date: Sun, 22 Nov 2026 15:54:52 GMT\r\n";
const health: Route = { path: "/health", handle: () => ({ status: 200 }) };
const echo: Route = {
  path: "/echo",
  handle: (request) => ({ status: 200, headers: { "Content-Type": "x/y" }, body: request.body }),
};
const count = (text: string, part: string): number => text.split(part).length - 1;

void test("HttpServer answers with libprocess' headers", async (t) => {
  const { open } = await startTestServer(t, [
    health,
    { path: "/flags", handle: () => jsonResponse({ é: 1 }) },
    { path: "/redirect", handle: () => temporaryRedirect("//localhost:5050") },
  ]);
  const client = await open();
  client.send("GET /health HTTP/1.1\r\n\r\nGET /flags HTTP/1.1\r\n\r\n");
  client.send("GET /redirect HTTP/1.1\r\n\r\nGET /x HTTP/1.1\r\nConnection: close\r\n\r\n");
  assert.equal(
    await client.untilClosed(),
    `HTTP/1.1 200 OK\r\n${DATE}Content-Length: 0\r\n\r\n` +
      `HTTP/1.1 200 OK\r\n${DATE}Content-Type: application/json\r\nContent-Length: 8\r\n\r\n{"\xc3\xa9":1}` +
      `HTTP/1.1 307 Temporary Redirect\r\n${DATE}Location: //localhost:5050\r\nContent-Length: 0\r\n\r\n` +
      `HTTP/1.1 404 Not Found\r\n${DATE}Content-Type: text/plain; charset=utf-8\r\nContent-Length: 14\r\n\r\n404 Not Found.`,
  );
});

const CLOSED_WITHOUT_A_WORD: readonly [string, string][] = [
  ["binary", String.fromCharCode(...Array.from({ length: 300 }, (_, i) => (i * 37) & 255))],
  ["not http", "hello there\r\n\r\n"],
  ["bad length", "POST /echo HTTP/1.1\r\nContent-Length: abc\r\n\r\n"],
  ["tls hello", "\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03"],
];

for (const [label, bytes] of CLOSED_WITHOUT_A_WORD) {
  void test(`HttpServer closes on garbage without a word: ${label}`, async (t) => {
    const { open } = await startTestServer(t, [health]);
    const client = await open();
    client.send(Buffer.from(bytes, "latin1"));
    assert.equal(await client.untilClosed(), "");
  });
}

void test("HttpServer answers what came before garbage, then closes", async (t) => {
  const { open } = await startTestServer(t, [health]);
  const client = await open();
  client.send("GET /health HTTP/1.1\r\n\r\nnonsense\r\n\r\n");
  assert.equal(count(await client.untilClosed(), "200 OK"), 1);
});

void test("HttpServer closes after HTTP/1.0 and keeps HTTP/1.1", async (t) => {
  const { open, server } = await startTestServer(t, [health]);
  const [old, kept] = [await open(), await open()];
  old.send("GET /health HTTP/1.0\r\n\r\n");
  assert.match(await old.untilClosed(), /^HTTP\/1\.1 200 OK\r\n/);
  kept.send("GET /health HTTP/1.1\r\n\r\n");
  await kept.until((text) => text.endsWith("\r\n\r\n"));
  await until(() => server.connectionCount === 1);
  assert.equal(kept.closed, false);
});

void test("HttpServer answers 5,000 pipelined requests in order", async (t) => {
  const { open } = await startTestServer(t, [echo]);
  const client = await open();
  const requests = Array.from({ length: 5000 }, (_, i) => {
    const body = `<${i}>`;
    return `POST /echo HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  });
  client.send(requests.join(""));
  const text = await client.until((received) => received.endsWith("<4999>"));
  const answers = [...text.matchAll(/<(\d+)>/g)].map(([, i]) => Number(i));
  assert.deepEqual(
    answers,
    Array.from({ length: 5000 }, (_, i) => i),
  );
});

void test("HttpServer keeps the order when handlers answer late, and takes no more than it can hold", async (t) => {
  const waiting: (() => void)[] = [];
  const late: Route = {
    path: "/late",
    handle: (request) =>
      new Promise((resolve) => {
        waiting.push(() => resolve({ status: 200, body: `<${request.query.get("i")}>` }));
      }),
  };
  const { open } = await startTestServer(t, [late]);
  const client = await open();
  client.send(Array.from({ length: 3000 }, (_, i) => `GET /late?i=${i} HTTP/1.1\r\n\r\n`).join(""));
  await until(() => waiting.length === 1024);
  for (let answered = 0; answered < 3000;) {
    await until(() => waiting.length > 0);
    assert.ok(waiting.length <= 1024);
    // The latest first: the order must come from the server.
    const batch = waiting.splice(0).toReversed();
    answered += batch.length;
    for (const answer of batch) {
      answer();
    }
  }
  const text = await client.until((received) => received.endsWith("<2999>"));
  const answers = [...text.matchAll(/<(\d+)>/g)].map(([, i]) => Number(i));
  assert.deepEqual(
    answers,
    Array.from({ length: 3000 }, (_, i) => i),
  );
});

void test("HttpServer turns a handler's failure into a 500", async (t) => {
  const { open } = await startTestServer(t, [
    {
      path: "/throws",
      handle: () => {
        throw new Error("x");
      },
    },
    { path: "/rejects", handle: () => Promise.reject(new Error("x")) },
  ]);
  const client = await open();
  client.send("GET /throws HTTP/1.1\r\n\r\nGET /rejects HTTP/1.1\r\n\r\n");
  const text = await client.until((received) => count(received, "500 Internal Server Error.") === 2);
  assert.equal(count(text, "HTTP/1.1 500 Internal Server Error\r\n"), 2);
});

void test("HttpServer refuses oversized bodies with 413 and closes", async (t) => {
  const { open } = await startTestServer(t, [echo], { maxBodyBytes: 100 });
  for (const body of ["Content-Length: 101\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n65\r\n"]) {
    const client = await open();
    client.send(`POST /echo HTTP/1.1\r\n${body}`);
    const text = await client.untilClosed();
    assert.match(text, /^HTTP\/1\.1 413 Request Entity Too Large\r\n/);
    assert.ok(text.endsWith("413 Request Entity Too Large."));
  }
});

void test("HttpServer asks for a body that waits for 100 Continue", async (t) => {
  const { open } = await startTestServer(t, [echo]);
  const client = await open();
  client.send("POST /echo HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  await client.until((text) => text === "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  const text = await client.until((received) => received.endsWith("abc"));
  assert.equal(count(text, "100 Continue"), 1);
});

void test("HttpServer leaves the body out for HEAD", async (t) => {
  const { open } = await startTestServer(t, [{ path: "/flags", handle: () => jsonResponse({}) }]);
  const client = await open();
  client.send("HEAD /flags HTTP/1.1\r\nConnection: close\r\n\r\n");
  assert.ok((await client.untilClosed()).endsWith("Content-Length: 2\r\n\r\n"));
});

const bodyOf = (received: string): Buffer =>
  Buffer.from(received.slice(received.indexOf("\r\n\r\n") + 4), "latin1");

void test("HttpServer compresses from 1,024 bytes on for clients that accept it", async (t) => {
  const sized = (path: string, bytes: number): Route => ({
    path,
    handle: (): HttpResponse => ({ status: 200, body: "x".repeat(bytes) }),
  });
  const { open } = await startTestServer(t, [
    sized("/short", 1023),
    sized("/long", 1024),
    sized("/huge", 100_000),
  ]);
  const ask = async (path: string, headers: string): Promise<string> => {
    const client = await open();
    client.send(`GET ${path} HTTP/1.1\r\nConnection: close\r\n${headers}\r\n`);
    return client.untilClosed();
  };
  assert.doesNotMatch(await ask("/short", "Accept-Encoding: gzip\r\n"), /Content-Encoding/);
  assert.doesNotMatch(await ask("/long", ""), /Content-Encoding/);
  assert.doesNotMatch(await ask("/long", "Accept-Encoding: gzip;q=0\r\n"), /Content-Encoding/);
  for (const [path, bytes] of [
    ["/long", 1024],
    ["/huge", 100_000],
  ] as const) {
    const compressed = await ask(path, "Accept-Encoding: deflate, gzip\r\n");
    assert.match(compressed, /\r\nContent-Encoding: gzip\r\n/);
    assert.equal(gunzipSync(bodyOf(compressed)).toString(), "x".repeat(bytes));
  }
});

void test("HttpServer lets a client finish sending and still answers", async (t) => {
  const answer: (() => void)[] = [];
  const { open } = await startTestServer(t, [
    {
      path: "/late",
      handle: () => new Promise((resolve) => answer.push(() => resolve({ status: 200, body: "late" }))),
    },
  ]);
  const client = await open({ allowHalfOpen: true });
  client.socket.end("GET /late HTTP/1.1\r\n\r\n");
  await until(() => answer.length === 1);
  answer[0]?.();
  await client.until((text) => text.endsWith("late"));
});

void test("HttpServer drops a client that never finishes its head, and one that stops inside a body", async (t) => {
  const { open, clock, server } = await startTestServer(t, [echo]);
  const [head, body, idle] = [await open(), await open(), await open()];
  head.send("GET /echo HTTP/1.1\r\nA: b");
  body.send("POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
  await until(() => server.connectionCount === 3 && clock.pendingCount === 1);
  // The other may not have been read yet; its own deadline begins when it is.
  for (const client of [head, body]) {
    while (!client.closed) {
      clock.advance(1000);
      await new Promise(setImmediate);
    }
  }
  assert.equal(head.received + body.received, "");
  assert.equal(idle.closed, false);
});
