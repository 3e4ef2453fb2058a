// Which bytes are requests, however they are cut, and which are refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { array, assert as assertProperty, constantFrom, nat, oneof, property, uint8Array } from "fast-check";
import { MAX_HEAD_BYTES } from "./limits.ts";
import { RequestParser, type RequestParserOptions } from "./request-parser.ts";

interface Seen {
  readonly requests: string[];
  readonly fault: string | undefined;
  readonly parser: RequestParser;
}

/** Feeds the pieces and writes down what comes out. */
function parse(pieces: readonly (string | Uint8Array)[], options: Partial<RequestParserOptions> = {}): Seen {
  const parser = new RequestParser({ remote: "1.2.3.4:5", ...options });
  const requests: string[] = [];
  for (const piece of pieces) {
    parser.push(typeof piece === "string" ? Buffer.from(piece, "latin1") : Buffer.from(piece));
    for (let request = parser.next(); request !== undefined; request = parser.next()) {
      const { method, path, query, headers, keepAlive, body } = request;
      const named = [...headers].map(([name, value]) => `${name}=${value}`).join();
      const asked = [...query].map(([name, value]) => `${name}=${value}`).join();
      requests.push([method, path, asked, named, keepAlive, body.toString("latin1")].join("|"));
    }
  }
  return { requests, fault: parser.fault?.kind, parser };
}

const ACCEPTED: readonly [string, string, readonly string[]][] = [
  ["a plain request", "GET /health HTTP/1.1\r\nHost: x\r\n\r\n", ["GET|/health||host=x|true|"]],
  ["no header", "GET /health HTTP/1.1\r\n\r\n", ["GET|/health|||true|"]],
  ["line feeds alone", "GET /a HTTP/1.1\nA: b\n\n", ["GET|/a||a=b|true|"]],
  ["empty lines before", "\r\n\r\n\nGET /a HTTP/1.1\r\n\r\n", ["GET|/a|||true|"]],
  ["HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n", ["GET|/a|||false|"]],
  [
    "HTTP/1.0 kept",
    "GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
    ["GET|/a||connection=Keep-Alive|true|"],
  ],
  ["HTTP/0.9", "GET /a\r\n\r\n", ["GET|/a|||false|"]],
  ["HTTP/9.9", "GET / HTTP/9.9\r\n\r\n", ["GET|/|||true|"]],
  [
    "a closing client",
    "GET /a HTTP/1.1\r\nConnection: x, Close\r\n\r\n",
    ["GET|/a||connection=x, Close|false|"],
  ],
  ["an absolute target", "GET http://h:1/a?b=c#d HTTP/1.1\r\n\r\n", ["GET|/a|b=c||true|"]],
  ["a length", "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", ["POST|/a||content-length=3|true|abc"]],
  [
    "chunks, extensions and trailers",
    "POST /a HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n3;x=y\r\nabc\r\n0A \r\n0123456789\r\n0\r\nT: u\r\n\r\n",
    ["POST|/a||transfer-encoding=Chunked|true|abc0123456789"],
  ],
  [
    "two in one piece",
    "POST /a HTTP/1.1\r\nContent-Length: 1\r\n\r\naGET /b HTTP/1.1\r\n\r\n",
    ["POST|/a||content-length=1|true|a", "GET|/b|||true|"],
  ],
  ["the last of equal headers", "GET / HTTP/1.1\r\nA: 1\r\na: 2\r\n\r\n", ["GET|/||a=2|true|"]],
];

for (const [label, text, expected] of ACCEPTED) {
  void test(`RequestParser takes ${label}`, () => {
    const { requests, fault } = parse([text]);
    assert.deepEqual(requests, expected);
    assert.equal(fault, undefined);
  });
}

const POST = "POST /a HTTP/1.1\r\n";
const REFUSED: readonly [string, string][] = [
  ["binary", String.fromCharCode(...Array.from({ length: 300 }, (_, i) => (i * 37) & 255))],
  ["what is not HTTP", "hello there\r\n\r\n"],
  ["a TLS hello", "\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03"],
  ["an unknown method", "FETCH / HTTP/1.1\r\n\r\n"],
  ["a method that begins well", "GETS"],
  ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["a bad version, at once", "GET / HTTX/1.1\r\nHost"],
  ["a tunnel", "CONNECT a:1 HTTP/1.1\r\n\r\n"],
  ["a relative target", "GET a HTTP/1.1\r\n\r\n"],
  ["a target that is not ASCII", "GET /\xe9 HTTP/1.1\r\n\r\n"],
  ["a malformed query", "GET /?a=%2 HTTP/1.1\r\n\r\n"],
  ["a length that is none", `${POST}Content-Length: abc\r\n\r\n`],
  ["a negative length", `${POST}Content-Length: -1\r\n\r\n`],
  ["two lengths", `${POST}Content-Length: 1\r\nContent-Length: 1\r\n\r\n`],
  ["length and chunks", `${POST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
  ["an unknown transfer encoding", `${POST}Transfer-Encoding: gzip, chunked\r\n\r\n`],
  ["a header without a colon", "GET / HTTP/1.1\r\nHost\r\n\r\n"],
  ["a space before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n"],
  ["a folded header", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"],
  ["a control character", "GET / HTTP/1.1\r\nA: b\x00\r\n\r\n"],
  ["a chunk size that is none", `${POST}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
  ["a chunk beyond its size", `${POST}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n`],
  ["an endless chunk line", `${POST}Transfer-Encoding: chunked\r\n\r\n${"1".repeat(5000)}`],
  ["endless trailers", `${POST}Transfer-Encoding: chunked\r\n\r\n0\r\n${"a: b\r\n".repeat(10_000)}`],
  ["an endless head", `GET / HTTP/1.1\r\nA: ${"b".repeat(MAX_HEAD_BYTES)}`],
  ["endless headers", `GET / HTTP/1.1\r\n${"a: b\r\n".repeat(300)}\r\n`],
  ["gzip that is none", `${POST}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc`],
];

for (const [label, text] of REFUSED) {
  void test(`RequestParser refuses ${label}`, () => {
    const { requests, fault, parser } = parse([text]);
    assert.deepEqual(requests, []);
    assert.equal(fault, "malformed");
    parser.push(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    assert.equal(parser.next(), undefined);
    assert.equal(parser.heldBytes, 0);
  });
}

void test("RequestParser hands out what came before garbage", () => {
  const { requests, fault } = parse(["GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\nnonsense"]);
  assert.equal(requests.length, 2);
  assert.equal(fault, "malformed");
});

void test("RequestParser tells bodies above the limit from garbage", () => {
  const options = { maxBodyBytes: 10 };
  assert.equal(parse([`${POST}Content-Length: 10\r\n\r\n`], options).fault, undefined);
  assert.equal(parse([`${POST}Content-Length: 11\r\n\r\n`], options).fault, "too-large");
  const chunked = `${POST}Transfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n`;
  assert.equal(parse([`${chunked}4\r\n1234\r\n0\r\n\r\n`], options).requests.length, 1);
  assert.equal(parse([`${chunked}5\r\n`], options).fault, "too-large");
});

void test("RequestParser inflates gzip, up to the limit", () => {
  const body = gzipSync(Buffer.alloc(5000, 97));
  const head = Buffer.from(`${POST}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`);
  const bytes = Buffer.concat([head, body]);
  assert.ok(parse([bytes]).requests[0]?.endsWith("a".repeat(5000)));
  assert.equal(parse([bytes], { maxBodyBytes: 4999 }).fault, "malformed");
});

void test("RequestParser merges bodies of one-byte chunks", () => {
  const { requests } = parse([
    `${POST}Transfer-Encoding: chunked\r\n\r\n${"1\r\nx\r\n".repeat(5000)}0\r\n\r\n`,
  ]);
  assert.ok(requests[0]?.endsWith(`|${"x".repeat(5000)}`));
});

void test("RequestParser shares the head of requests that repeat it", () => {
  const parser = new RequestParser({ remote: "" });
  parser.push(Buffer.from("GET /a HTTP/1.1\r\nA: b\r\n\r\n".repeat(2)));
  const first = parser.next();
  assert.ok(first !== undefined);
  assert.equal(parser.next()?.head, first.head);
});

void test("RequestParser says once that the client waits to go on", () => {
  const parser = new RequestParser({ remote: "" });
  parser.push(Buffer.from(`${POST}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n`));
  assert.equal(parser.next(), undefined);
  assert.equal(parser.takeContinue(), true);
  assert.equal(parser.takeContinue(), false);
  parser.push(Buffer.from(`ab${POST}Expect: 100-continue\r\nContent-Length: 2\r\n\r\na`));
  assert.equal(parser.next()?.body.toString(), "ab");
  assert.equal(parser.next(), undefined);
  assert.equal(parser.takeContinue(), false);
});

void test("RequestParser streams the bodies of routes that ask, at their reader's pace", async () => {
  let rooms = 0;
  const parser = new RequestParser({ remote: "", streamsBody: () => true, onRoom: () => (rooms += 1) });
  parser.push(Buffer.from(`${POST}Transfer-Encoding: chunked\r\n\r\n200000\r\n`));
  const request = parser.next();
  assert.ok(request?.bodyStream !== undefined);
  assert.equal(parser.next(), undefined);
  assert.equal(parser.awaits, "streamed body");
  for (let sent = 0; sent < 0x200000; sent += 0x10000) {
    parser.push(Buffer.alloc(0x10000, 120));
    assert.equal(parser.next(), undefined);
  }
  assert.equal(parser.isBlocked, true);
  parser.push(Buffer.from("\r\n0\r\n\r\nGET /next HTTP/1.1\r\n\r\n"));
  let bytes = 0;
  let next = parser.next();
  assert.equal(next, undefined);
  for await (const part of request.bodyStream) {
    bytes += part.length;
    next ??= parser.next();
  }
  assert.equal(bytes, 0x200000);
  assert.ok(rooms > 0);
  assert.equal((next ?? parser.next())?.path, "/next");
});

void test("RequestParser fails a streamed body that breaks off", async () => {
  const parser = new RequestParser({ remote: "", streamsBody: () => true });
  parser.push(Buffer.from(`${POST}Content-Length: 5\r\n\r\nab`));
  const stream = parser.next()?.bodyStream;
  assert.ok(stream !== undefined);
  parser.next();
  parser.finish("the connection broke");
  await assert.rejects(async () => {
    for await (const part of stream) {
      assert.equal(part.toString(), "ab");
    }
  }, /Cannot read the request body: the connection broke/);
});

const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...ends].map((start, i) => bytes.subarray(start, ends[i] ?? bytes.length));
};

void test("RequestParser sees the same requests however the input is cut", () => {
  const good = ACCEPTED.map(([, text]) => text).filter((text) => !text.startsWith("\r\n"));
  const input = array(constantFrom(...good, ...REFUSED.map(([, text]) => text).slice(0, 22)), {
    minLength: 1,
    maxLength: 6,
  });
  assertProperty(
    property(input, array(nat(), { maxLength: 40 }), (texts, cuts) => {
      const bytes = Buffer.from(texts.join(""), "latin1");
      const whole = parse([bytes]);
      const cut = parse(pieces(bytes, cuts));
      assert.deepEqual(cut.requests, whole.requests);
      assert.equal(cut.fault, whole.fault);
    }),
  );
});

void test("RequestParser sees the same requests byte by byte", () => {
  for (const [, text, expected] of ACCEPTED) {
    assert.deepEqual(parse(text.split("")).requests, expected);
  }
});

void test("RequestParser neither throws nor grows on random bytes", () => {
  const chunk = oneof(
    uint8Array({ maxLength: 2000 }),
    constantFrom(
      "GET / HTTP/1.1\r\n",
      "\r\n\r\n",
      POST,
      "Transfer-Encoding: chunked\r\n",
      "0\r\n",
      "A: b\r\n",
    ),
  );
  assertProperty(
    property(array(chunk, { maxLength: 50 }), (chunks) => {
      const { parser } = parse(chunks, { maxBodyBytes: 1000 });
      assert.ok(parser.heldBytes <= MAX_HEAD_BYTES);
    }),
  );
});
