// Streams and calls of the clients over HTTP of Node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { encode, encodeRecord, type SchedulerEvent } from "@mezzo/wire";
import { Scheduler } from "../scheduler/scheduler.ts";

const recorded = JSON.parse(
  readFileSync(
    new URL("../../../../test/reference/streams/scheduler_subscribe.events.json", import.meta.url),
    "utf8",
  ),
) as SchedulerEvent[];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

void describe("createNodeTransport()", () => {
  const calls: string[] = [];
  const connections = new Set<number>();
  let server: Server;
  let address: string;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = JSON.parse(await bodyOf(request)) as { type: string };
    if (call.type !== "SUBSCRIBE") {
      calls.push(call.type);
      connections.add(request.socket.remotePort ?? 0);
      response.writeHead(202).end();
      return;
    }
    response.writeHead(200, { "Content-Type": "application/json", "Mesos-Stream-Id": "s" });
    for (const event of recorded)
      response.write(encodeRecord(encode("SchedulerEvent", event, "application/json")));
  }

  before(async () => {
    server = createServer((request, response) => void serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  void it("carries a recorded stream, and calls in order on one connection", async () => {
    const scheduler = new Scheduler({ master: address, framework: { user: "u", name: "n" } });
    const types: (string | undefined)[] = [];
    for await (const event of scheduler) {
      types.push(event.type);
      if (types.length < recorded.length) continue;
      await Promise.all([scheduler.revive(), scheduler.suppress(), scheduler.reconcile()]);
      scheduler.stop();
    }
    assert.deepEqual(
      types,
      recorded.map((event) => event.type),
    );
    assert.deepEqual(calls.slice(-3), ["REVIVE", "SUPPRESS", "RECONCILE"]);
    assert.equal(connections.size, 1);
  });
});
