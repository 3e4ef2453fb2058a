// Connections that misbehave: whoever makes them gets an answer or is dropped, and nobody else notices.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startAgent, startMaster, type Server } from "../support/cluster.ts";
import { watchHealth } from "../support/health-watch.ts";
import { ask, RawConnection, requestBytes } from "../support/raw-connection.ts";
import { until } from "../support/until.ts";
import { Story } from "../support/story.ts";

const JSON_TYPE = { "Content-Type": "application/json" };

void describe("connections that misbehave", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Server;
  let watch: ReturnType<typeof watchHealth>;

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master);
    watch = watchHealth(master);
    story.closes(async () => void (await watch.end()));
  });

  const ports = (): [string, number][] => [
    ["master", master.port],
    ["agent", agent.port],
  ];

  for (const count of [1000, 5000]) {
    void it(`${count} requests pipelined on one connection are all answered, in order`, async () => {
      for (const [who, port] of ports()) {
        const connection = await RawConnection.open(port);
        const paths = ["/version", "/nope", "/health"];
        const requests = Array.from({ length: count }, (_, index) =>
          requestBytes({ path: paths[index % paths.length] ?? "" }),
        );
        connection.send(Buffer.concat(requests));
        for (let index = 0; index < count; index++) {
          const { status } = await connection.answer();
          const isUnknown = paths[index % paths.length] === "/nope";
          assert.equal(status, isUnknown ? 404 : 200, `${who}: answer ${index}`);
        }
        connection.close();
      }
    });
  }

  void it("calls pipelined with their bodies are all answered", async () => {
    const connection = await RawConnection.open(master.port);
    const body = JSON.stringify({ type: "GET_VERSION" });
    const request = requestBytes({ method: "POST", path: "/api/v1", headers: JSON_TYPE, body });
    connection.send(Buffer.concat(Array.from({ length: 1000 }, () => request)));
    for (let index = 0; index < 1000; index++) assert.equal((await connection.answer()).status, 200);
    connection.close();
  });

  void it("a body that is announced as too large is refused before it comes", async () => {
    for (const [who, port] of ports()) {
      const connection = await RawConnection.open(port);
      const tooLarge = "99999999999";
      connection.send(`POST /api/v1 HTTP/1.1\r\nHost: l\r\nContent-Length: ${tooLarge}\r\n\r\n`);
      assert.equal((await connection.answer()).status, 413, who);
      await connection.closed();
      connection.close();
    }
  });

  void it("a chunked body without end is refused when it has become too large", async () => {
    const connection = await RawConnection.open(master.port);
    connection.send("POST /api/v1 HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\n");
    const chunk = Buffer.concat([
      Buffer.from("100000\r\n"),
      Buffer.alloc(0x100000, 0x20),
      Buffer.from("\r\n"),
    ]);
    const isOver = (): boolean => connection.received !== "" || connection.isClosed;
    for (let sent = 0; sent < 300 && !isOver(); sent++) {
      connection.send(chunk);
      await until("the chunk is sent", () => isOver() || !connection.socket.writableNeedDrain);
    }
    assert.equal((await connection.answer()).status, 413);
    connection.close();
  });

  void it("heads that are too long, or none at all, are refused", async () => {
    const long = "x".repeat(200_000);
    const cases = [
      `GET /${long} HTTP/1.1\r\n\r\n`,
      `GET / HTTP/1.1\r\nX: ${long}\r\n\r\n`,
      `GET / HTTP/1.1\r\n${"A: b\r\n".repeat(5000)}\r\n`,
      "hello\r\n\r\n",
      "GET / FTP/1.1\r\n\r\n",
      "\u0000\u0001\u0002\r\n\r\n",
      "POST /api/v1 HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST /api/v1 HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
      "POST /api/v1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ];
    for (const [, port] of ports()) {
      for (const bytes of cases) {
        const connection = await RawConnection.open(port);
        connection.send(bytes);
        await connection
          .closed()
          .catch(() => assert.fail(`not closed: ${bytes.slice(0, 40)} ${connection.received}`));
        if (connection.received !== "")
          assert.match(connection.received, /^HTTP\/1\.1 4\d\d /, bytes.slice(0, 40));
        connection.close();
      }
    }
  });

  void it("a client that says no more gets its answer", async () => {
    for (const [who, port] of ports()) {
      const connection = await RawConnection.open(port);
      connection.socket.end(requestBytes({ path: "/version" }));
      assert.equal((await connection.answer()).status, 200, who);
      await connection.closed();
      connection.close();
    }
  });

  void it("connections that begin a request and leave it are nothing to others", async () => {
    const idle: RawConnection[] = [];
    for (let index = 0; index < 500; index++) {
      const connection = await RawConnection.open(master.port);
      connection.send("POST /api/v1 HTTP/1.1\r\nHost: l\r\nContent-Length: 1000\r\n\r\n{");
      idle.push(connection);
    }
    assert.equal((await ask(master.port, { path: "/state" })).status, 200);
    for (const [index, connection] of idle.entries()) {
      if (index % 2 === 0) connection.socket.resetAndDestroy();
      else connection.close();
    }
    assert.equal((await ask(master.port, { path: "/state" })).status, 200);
  });

  void it("the master answered all the while", async () => {
    const health = await watch.end();
    assert.equal(health.failures, 0);
    assert.ok(health.answers > 0);
    assert.ok(health.slowestMs < 2000, `the slowest answer took ${health.slowestMs} ms`);
    assert.ok(health.peakMegabytes < 700, `it used ${health.peakMegabytes} MB`);
  });
});
