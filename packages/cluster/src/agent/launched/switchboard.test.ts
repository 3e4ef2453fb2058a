// What becomes of a container whose output somebody does not read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../net/testing/manual-clock.ts";
import type { RecordStream } from "../../net/http/record-stream.ts";
import type { ContainerStreams, OutputName } from "../containerizer/container-streams.ts";
import { Switchboard } from "./switchboard.ts";

const CHUNK = Buffer.alloc(64 * 1024, "z");

/** A client that takes what it gets when it is told to. */
function attach(switchboard: Switchboard): { client: RecordStream; heard: () => number; read: () => void } {
  const client = switchboard.attachOutput("application/json");
  let unread = 0;
  let heard = 0;
  const take = (bytes: number): void => {
    unread += bytes;
    heard += bytes;
  };
  client.attach({
    appendLatin1: (text) => take(text.length),
    appendBytes: (bytes) => take(bytes.length),
    get queuedBytes() {
      return unread;
    },
    finish: () => undefined,
    abort: () => undefined,
  });
  return { client, heard: () => heard, read: () => void (unread = 0) };
}

function open(waits: boolean): {
  switchboard: Switchboard;
  clock: ManualClock;
  print: () => void;
  paused: () => boolean;
} {
  let listener: (name: OutputName, data: Uint8Array) => void = () => undefined;
  let paused = false;
  const streams: ContainerStreams = {
    terminal: true,
    onOutput: (one) => void (listener = one),
    onEnd: () => undefined,
    pause: () => void (paused = true),
    resume: () => void (paused = false),
    write: () => Promise.resolve(),
    endInput: () => undefined,
    resize: () => Promise.resolve(),
    close: () => undefined,
  };
  const clock = new ManualClock();
  const options = { streams, heartbeatIntervalMs: 60_000, copies: {}, waits };
  const switchboard = new Switchboard(options, { clock });
  return { switchboard, clock, print: () => listener("STDOUT", CHUNK), paused: () => paused };
}

void test("a switchboard that waits pauses the container until its client has caught up", () => {
  const { switchboard, clock, print, paused } = open(true);
  const slow = attach(switchboard);
  for (let printed = 0; printed < 4; printed += 1) print();
  assert.equal(paused(), true);
  clock.advance(1000);
  assert.equal(paused(), true);
  slow.read();
  clock.advance(1000);
  assert.equal(paused(), false);
});

void test("one that does not wait keeps only the latest for a client that has no room, and others hear all", () => {
  const { switchboard, clock, print, paused } = open(false);
  const slow = attach(switchboard);
  const quick = attach(switchboard);
  for (let printed = 0; printed < 100; printed += 1) {
    print();
    quick.read();
  }
  assert.equal(paused(), false);
  assert.ok(quick.heard() > 100 * CHUNK.length);
  assert.ok(slow.heard() > 1024 * 1024 && slow.heard() < 2 * 1024 * 1024);
  assert.equal(slow.client.closed, false);
  slow.read();
  const before = slow.heard();
  clock.advance(1000);
  const latest = slow.heard() - before;
  assert.ok(latest > 64 * 1024 && latest < 128 * 1024);
  print();
  assert.ok(slow.heard() > before + latest + CHUNK.length);
});
