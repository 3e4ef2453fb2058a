// Streams that others take the place of: who holds them does not notice.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerStreams, OutputName } from "../../container-streams.ts";
import { renewedStreams } from "./renewed-streams.ts";

interface Part extends ContainerStreams {
  print: (text: string) => void;
  end: () => void;
  calls: string[];
}

function part(): Part {
  const listeners: ((name: OutputName, data: Uint8Array) => void)[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const calls: string[] = [];
  return {
    terminal: true,
    calls,
    print: (text) => listeners.forEach((listener) => listener("STDOUT", Buffer.from(text))),
    end: resolve,
    onOutput: (listener) => void listeners.push(listener),
    onEnd: (listener) => void promise.then(listener),
    pause: () => void calls.push("pause"),
    resume: () => void calls.push("resume"),
    write: (data) => Promise.resolve(void calls.push(`write ${Buffer.from(data).toString()}`)),
    endInput: () => void calls.push("endInput"),
    resize: ({ rows }) => Promise.resolve(void calls.push(`resize ${rows}`)),
    close: () => {
      calls.push("close");
      resolve();
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

void test("renewedStreams() goes on with the next ones until there are none", async () => {
  const [first, second] = [part(), part()];
  const left: Part[] = [second];
  const streams = renewedStreams(first, () => left.shift());
  const heard: string[] = [];
  let ended = false;
  streams.onOutput((_name, data) => heard.push(Buffer.from(data).toString()));
  streams.onEnd(() => (ended = true));
  first.print("one");
  streams.pause();
  first.end();
  await turn();
  second.print("two");
  streams.resume();
  await streams.write(Buffer.from("x"));
  await streams.resize({ rows: 3, columns: 4 });
  assert.deepEqual(heard, ["one", "two"]);
  assert.deepEqual(second.calls, ["pause", "resume", "write x", "resize 3"]);
  assert.equal(ended, false);
  second.end();
  await turn();
  assert.equal(ended, true);
});

void test("renewedStreams() ends when it is closed, whatever could follow", async () => {
  const first = part();
  const streams = renewedStreams(first, () => assert.fail("nothing is asked for"));
  const ended = new Promise<void>((resolve) => streams.onEnd(resolve));
  streams.close();
  await ended;
  assert.deepEqual(first.calls, ["close"]);
});
