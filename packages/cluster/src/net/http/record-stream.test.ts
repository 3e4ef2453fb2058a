// A response without end, record by record, and readers who do not keep up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../testing/until.ts";
import { RecordStream, type StreamSink } from "./record-stream.ts";

class Sink implements StreamSink {
  text = "";
  queuedBytes = 0;
  finished = false;
  aborted = false;

  appendLatin1(text: string): void {
    this.text += text;
    this.queuedBytes += text.length;
  }

  appendBytes(bytes: Uint8Array): void {
    this.appendLatin1(Buffer.from(bytes).toString("latin1"));
  }

  finish(): void {
    this.finished = true;
  }

  abort(): void {
    this.aborted = true;
  }
}

void test("RecordStream writes one record a chunk, before and after its response begins", () => {
  const stream = new RecordStream();
  const sink = new Sink();
  stream.writeRecord('{"type":"SUBSCRIBED"}');
  stream.attach(sink);
  stream.writeRecord(Buffer.from([1, 2, 3]));
  stream.writeRecord("é");
  stream.write("3\nabc");
  stream.write("");
  stream.end();
  assert.equal(
    sink.text,
    '18\r\n21\n{"type":"SUBSCRIBED"}\r\n5\r\n3\n\x01\x02\x03\r\n4\r\n2\n\xc3\xa9\r\n5\r\n3\nabc\r\n0\r\n\r\n',
  );
  assert.equal(sink.finished, true);
  assert.equal(stream.write("late"), false);
});

void test("RecordStream may end before its response begins", () => {
  const stream = new RecordStream();
  const sink = new Sink();
  stream.writeRecord("a");
  stream.end();
  stream.attach(sink);
  assert.equal(sink.text, "3\r\n1\na\r\n0\r\n\r\n");
  assert.equal(sink.finished, true);
});

void test("RecordStream drops a reader that leaves too much unread, its largest record aside", async () => {
  const stream = new RecordStream({ maxBufferedBytes: 1000 });
  const reasons: string[] = [];
  stream.onClose((reason) => reasons.push(reason));
  const sink = new Sink();
  stream.attach(sink);
  assert.equal(stream.write("s".repeat(50_000)), true, "a large first record is taken");
  assert.equal(stream.write("x".repeat(900)), true);
  assert.equal(stream.write("x".repeat(900)), false);
  assert.equal(sink.aborted, true);
  assert.deepEqual(reasons, [], "never from within write");
  await until(() => reasons.length > 0);
  assert.deepEqual(reasons, ["too slow"]);
});

void test("RecordStream bounds what is written before its response begins", () => {
  const stream = new RecordStream({ maxBufferedBytes: 1000 });
  let taken = 0;
  while (stream.write("x".repeat(100))) {
    taken += 1;
  }
  assert.ok(taken <= 11);
  const sink = new Sink();
  stream.attach(sink);
  assert.equal(sink.aborted, true);
});

void test("RecordStream tells late listeners too, and each of them once", async () => {
  const stream = new RecordStream();
  const reasons: string[] = [];
  stream.onClose((reason) => reasons.push(`early ${reason}`));
  stream.disconnect();
  stream.disconnect();
  stream.end();
  stream.onClose((reason) => reasons.push(`late ${reason}`));
  await until(() => reasons.length === 2);
  assert.deepEqual(reasons, ["early disconnected", "late disconnected"]);
});
