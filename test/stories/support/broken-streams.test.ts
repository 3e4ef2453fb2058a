// What tests listen with does not hide that a stream has broken.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test, type TestContext } from "node:test";
import { PROTOBUF_MEDIA_TYPE, encodeRecord } from "@mezzo/wire";
import { AttachedOutput } from "./attached.ts";
import { OperatorStream } from "./operator-stream.ts";
import { until } from "./until.ts";

/** A server that answers everything with these records, and goes on for ever. */
async function answering(t: TestContext, ...records: string[]): Promise<{ address: string }> {
  const server = createServer((_request, response) => {
    response.writeHead(200);
    for (const record of records) response.write(encodeRecord(Buffer.from(record, "latin1")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return { address: `127.0.0.1:${address.port}` };
}

void test("OperatorStream.ended and close() tell of an event that could not be read", async (t) => {
  const stream = new OperatorStream({ mediaType: PROTOBUF_MEDIA_TYPE });
  await stream.open(await answering(t, "\xff\xff\xff"));
  await assert.rejects(stream.ended, /The stream has broken/);
  await assert.rejects(stream.close(), /The stream has broken/);
});

void test("OperatorStream.close() of a stream that goes on is silent", async (t) => {
  const stream = new OperatorStream();
  await stream.open(await answering(t, '{"type":"HEARTBEAT"}'));
  await until("the event is there", () => stream.events.length === 1);
  await stream.close();
});

void test("AttachedOutput.ended and close() tell of an output that could not be read", async (t) => {
  const { address } = await answering(t, "{");
  const output = await AttachedOutput.open({ address, id: { value: "c" } });
  await assert.rejects(output.ended, /The output has broken/);
  await assert.rejects(output.close(), /The output has broken/);
});

void test("AttachedOutput.sees() tells what was shown until it gave up, not before", async (t) => {
  const data = (text: string): string =>
    JSON.stringify({ type: "DATA", data: { type: "STDOUT", data: Buffer.from(text).toString("base64") } });
  const { address } = await answering(t, data("first "), data("last"));
  const output = await AttachedOutput.open({ address, id: { value: "c" } });
  await assert.rejects(output.sees("nothing", { patienceMs: 200 }), /shows only "first last"/);
  await output.close();
});
