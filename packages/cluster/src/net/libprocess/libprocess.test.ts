// Messages between processes: connections, links, and peers that are away or stop reading.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { silentLogger } from "../../core/logger.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { MessageSink } from "../testing/message-sink.ts";
import { startTestServer } from "../testing/test-server.ts";
import { until } from "../testing/until.ts";
import { Libprocess, type LibprocessOptions } from "./libprocess.ts";
import type { Message } from "./message.ts";

interface Fixture {
  readonly libprocess: Libprocess;
  readonly clock: ManualClock;
  readonly exited: string[];
  readonly messages: Message[];
}

function create(t: TestContext, options: Partial<LibprocessOptions> = {}): Fixture {
  const clock = new ManualClock();
  const libprocess = new Libprocess(
    { id: "master", ip: "127.0.0.1", port: 5050, ...options },
    { clock, logger: silentLogger },
  );
  const exited: string[] = [];
  const messages: Message[] = [];
  libprocess.onExited((pid) => exited.push(pid));
  libprocess.onMessage((message) => messages.push(message));
  t.after(() => libprocess.close());
  return { libprocess, clock, exited, messages };
}

const text = (body: string): Uint8Array => Buffer.from(body);

void test("Libprocess sends to all processes of an address through one connection, in order", async (t) => {
  const sink = await MessageSink.start(t);
  const { libprocess } = create(t);
  for (let i = 0; i < 1000; i += 1) {
    libprocess.send({ to: `slave(${i})@127.0.0.1:${sink.port}`, name: "m.X", body: text(`<${i}>`) });
  }
  libprocess.send({ to: `slave(1)@127.0.0.1:${sink.port}`, name: "m.Empty", body: text("") });
  await until(() => sink.messages.length === 1001);
  assert.equal(sink.messages[999], "0 /slave(999)/m.X <999>");
  assert.equal(sink.messages[1000], "0 /slave(1)/m.Empty ");
  assert.equal(libprocess.peerCount, 1);
});

void test("Libprocess keeps a thousand addresses apart", async (t) => {
  const sinks = await Promise.all(Array.from({ length: 50 }, () => MessageSink.start(t)));
  const { libprocess } = create(t);
  for (let i = 0; i < 1000; i += 1) {
    const { port } = sinks[i % 50] ?? { port: 0 };
    libprocess.send({
      to: `slave(1)@127.0.0.${2 + Math.floor(i / 50)}:${port}`,
      name: "m.X",
      body: text("b"),
    });
  }
  // Only 127.0.0.1 is listened on: the other addresses fail, each by itself and without a word.
  libprocess.send({ to: `slave(1)@127.0.0.1:${sinks[0]?.port}`, name: "m.X", body: text("b") });
  await until(() => (sinks[0]?.messages.length ?? 0) === 1 && libprocess.peerCount === 1);
});

void test("Libprocess reports every linked pid of an address once when its connection breaks", async (t) => {
  const sink = await MessageSink.start(t);
  const { libprocess, exited } = create(t);
  const pids = [1, 2, 3].map((i) => `slave(${i})@127.0.0.1:${sink.port}`);
  for (const pid of pids) {
    libprocess.link(pid);
    libprocess.link(pid);
  }
  libprocess.unlink(pids[1] ?? "");
  await until(() => sink.sockets.length === 1);
  sink.drop();
  await until(() => exited.length > 0);
  assert.deepEqual(exited, [pids[0], pids[2]]);
  assert.equal(libprocess.isLinked(pids[0] ?? ""), false);

  // The next message makes a new connection, the next link too.
  libprocess.send({ to: pids[0] ?? "", name: "m.X", body: text("again") });
  libprocess.link(pids[0] ?? "");
  await until(() => sink.messages.length === 1);
  assert.deepEqual(sink.messages, ["1 /slave(1)/m.X again"]);
  sink.drop();
  await until(() => exited.length === 3);
});

void test("Libprocess reports a linked pid that cannot be reached, and not one that is only sent to", async (t) => {
  const sink = await MessageSink.start(t);
  const { port } = sink;
  await sink.stop();
  const { libprocess, exited } = create(t);
  libprocess.send({ to: `slave(1)@127.0.0.1:${port}`, name: "m.X", body: text("x") });
  await until(() => libprocess.peerCount === 0);
  assert.deepEqual(exited, []);
  libprocess.link(`slave(1)@127.0.0.1:${port}`);
  assert.deepEqual(exited, []);
  await until(() => exited.length === 1);
});

void test("Libprocess may link again from within onExited", async (t) => {
  const sink = await MessageSink.start(t);
  const { libprocess } = create(t);
  const pid = `slave(1)@127.0.0.1:${sink.port}`;
  let count = 0;
  libprocess.onExited((gone) => {
    count += 1;
    libprocess.link(gone);
  });
  libprocess.link(pid);
  await until(() => sink.sockets.length === 1);
  sink.drop();
  await until(() => sink.sockets.length === 2);
  assert.equal(count, 1);
  assert.equal(libprocess.isLinked(pid), true);
});

void test("Libprocess drops a peer that stops reading, with bounded memory", async (t) => {
  const sink = await MessageSink.start(t);
  sink.reads = false;
  const { libprocess, exited } = create(t, { maxPeerQueueBytes: 1_000_000 });
  const pid = `slave(1)@127.0.0.1:${sink.port}`;
  libprocess.link(pid);
  await until(() => sink.sockets.length === 1);
  const body = Buffer.alloc(100_000);
  while (exited.length === 0) {
    libprocess.send({ to: pid, name: "m.X", body });
    await new Promise(setImmediate);
  }
  assert.deepEqual(exited, [pid]);
});

void test("Libprocess gives up on a connection that is never answered", async (t) => {
  const { libprocess, clock, exited } = create(t);
  // Nobody routes to the addresses reserved for documentation.
  libprocess.link("slave(1)@192.0.2.1:5051");
  clock.advance(30_000);
  await until(() => exited.length === 1);
});

void test("Libprocess closes connections that nobody linked or used", async (t) => {
  const sink = await MessageSink.start(t);
  const { libprocess, clock, exited } = create(t);
  libprocess.send({ to: `a@127.0.0.1:${sink.port}`, name: "m.X", body: text("x") });
  await until(() => sink.messages.length === 1);
  clock.advance(30_000);
  await until(() => sink.openCount === 0);
  assert.equal(libprocess.peerCount, 0);
  libprocess.link(`a@127.0.0.1:${sink.port}`);
  await until(() => sink.openCount === 1);
  clock.advance(300_000);
  assert.equal(libprocess.peerCount, 1);
  assert.deepEqual(exited, []);
});

void test("Libprocess.link() replaces a stale connection without reporting it", async (t) => {
  const sink = await MessageSink.start(t);
  const { libprocess, clock, exited } = create(t);
  const pidOf = (i: number): string => `slave(${i})@127.0.0.1:${sink.port}`;
  const [first, second] = [pidOf(1), pidOf(2)];
  libprocess.link(first);
  await until(() => sink.sockets.length === 1);
  libprocess.link(second, { reconnect: true });
  assert.equal(sink.sockets.length, 1, "a fresh connection is kept");
  clock.advance(1000);
  libprocess.send({ to: first, name: "m.X", body: text("before") });
  libprocess.link(second, { reconnect: true });
  libprocess.send({ to: first, name: "m.X", body: text("after") });
  await until(() => sink.messages.length === 2);
  assert.deepEqual(sink.messages.toSorted(), ["0 /slave(1)/m.X before", "1 /slave(1)/m.X after"]);
  assert.deepEqual(exited, []);
  assert.ok(libprocess.isLinked(first) && libprocess.isLinked(second));
});

const RECEIVED: readonly [string, string, string][] = [
  [
    "an unknown message",
    "POST /master/mesos.internal.NoSuchMessage HTTP/1.1\r\nUser-Agent: libprocess/x@127.0.0.1:1\r\n" +
      "Libprocess-From: x@127.0.0.1:1\r\nContent-Length: 3\r\n\r\nabc",
    "HTTP/1.1 202 Accepted",
  ],
  [
    "a sender that makes no sense",
    "POST /master/x.Y HTTP/1.1\r\nUser-Agent: libprocess/nobody\r\nLibprocess-From: nobody\r\n\r\n",
    "HTTP/1.1 202 Accepted",
  ],
  [
    "Libprocess-From alone",
    "POST /master/x.Y HTTP/1.1\r\nLibprocess-From: x@127.0.0.1:1\r\n\r\n",
    "HTTP/1.1 202 Accepted",
  ],
  [
    "User-Agent alone",
    "POST /master/x.Y HTTP/1.1\r\nUser-Agent: libprocess/x@127.0.0.1:1\r\n\r\n",
    "HTTP/1.1 202 Accepted",
  ],
  [
    "an unknown process",
    "POST /nobody/x.Y HTTP/1.1\r\nLibprocess-From: x@127.0.0.1:1\r\n\r\n",
    "HTTP/1.1 404 Not Found",
  ],
];

for (const [label, request, status] of RECEIVED) {
  void test(`Libprocess answers ${label} with ${status}`, async (t) => {
    const { open, server } = await startTestServer(t, []);
    const { libprocess, messages } = create(t);
    libprocess.attach(server);
    const client = await open();
    client.send(request);
    const received = await client.until((all) => all.includes("\r\n\r\n"));
    assert.equal(received.split("\r\n")[0], status);
    assert.equal(messages.length, status.includes("202") ? 1 : 0);
  });
}

void test("Libprocess receives pids, names and bodies, for each process it has", async (t) => {
  const { server, port } = await startTestServer(t, []);
  const receiver = create(t, { port });
  receiver.libprocess.attach(server);
  receiver.libprocess.addProcess("slave-observer(1)");
  const sender = create(t, { id: "slave(1)", port: 5051 });
  for (const to of ["master", "slave-observer(1)", "nobody"]) {
    sender.libprocess.send({ to: `${to}@127.0.0.1:${port}`, name: "m.X", body: text("abc") });
  }
  sender.libprocess.send({
    from: "other@127.0.0.1:5051",
    to: `master@127.0.0.1:${port}`,
    name: "m.Y",
    body: text(""),
  });
  await until(() => receiver.messages.length === 3);
  const seen = receiver.messages.map(({ from, to, name, body }) => [from, to, name, body.toString()]);
  assert.deepEqual(seen, [
    ["slave(1)@127.0.0.1:5051", `master@127.0.0.1:${port}`, "m.X", "abc"],
    ["slave(1)@127.0.0.1:5051", `slave-observer(1)@127.0.0.1:${port}`, "m.X", "abc"],
    ["other@127.0.0.1:5051", `master@127.0.0.1:${port}`, "m.Y", ""],
  ]);
});

void test("Libprocess delivers to itself, later, and not to pids that make no sense", async (t) => {
  const { libprocess, messages } = create(t);
  libprocess.send({ to: "master@127.0.0.1:5050", name: "m.X", body: text("me") });
  libprocess.send({ to: "@0.0.0.0:0", name: "m.X", body: text("nobody") });
  assert.equal(messages.length, 0);
  await until(() => messages.length === 1);
  assert.equal(libprocess.peerCount, 0);
});

void test("Libprocess can insist that senders use their own address", async (t) => {
  const { open, server } = await startTestServer(t, []);
  const { libprocess, messages } = create(t, { requirePeerAddressIpMatch: true });
  libprocess.attach(server);
  const client = await open();
  client.send("POST /master/x.Y HTTP/1.1\r\nLibprocess-From: x@127.0.0.1:1\r\n\r\n");
  client.send("POST /master/x.Y HTTP/1.1\r\nLibprocess-From: x@10.0.0.1:1\r\n\r\n");
  const received = await client.until((all) => all.includes("UPID"));
  assert.match(
    received,
    /UPID IP address validation failed: Message from x@10\.0\.0\.1:1 was sent from IP 127\.0\.0\.1:/,
  );
  assert.equal(messages.length, 1);
});

void test("Libprocess survives a listener that throws", async (t) => {
  const { open, server } = await startTestServer(t, []);
  const { libprocess } = create(t);
  libprocess.onMessage(() => {
    throw new Error("x");
  });
  libprocess.attach(server);
  const client = await open();
  client.send("POST /master/x.Y HTTP/1.1\r\nLibprocess-From: x@127.0.0.1:1\r\n\r\n".repeat(2));
  await client.until((all) => all.split("202 Accepted").length === 3);
});
