// How the outputs of a container are taken apart from what Docker's engine sends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFrames } from "./read-frames.ts";

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(text.length, 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

/** The outputs, as they come out of a stream that is cut into pieces of a size. */
async function outputs(
  bytes: Buffer,
  size: number,
  raw = false,
): Promise<{ stdout: string; stderr: string }> {
  const pieces = (async function* () {
    for (let at = 0; at < bytes.length; at += size)
      yield await Promise.resolve(bytes.subarray(at, at + size));
  })();
  const found = { stdout: "", stderr: "" };
  for await (const { output, bytes: part } of readFrames(pieces, raw)) found[output] += part.toString();
  return found;
}

test("readFrames() tells the outputs apart, wherever the stream is cut", async () => {
  const bytes = Buffer.concat([frame(1, "one"), frame(2, "err"), frame(1, ""), frame(1, "two")]);
  for (const size of [1, 3, 8, 11, 100]) {
    assert.deepEqual(await outputs(bytes, size), { stdout: "onetwo", stderr: "err" });
  }
});

test("readFrames() gives what a terminal writes as it is", async () => {
  assert.deepEqual(await outputs(Buffer.from("plain text"), 4, true), { stdout: "plain text", stderr: "" });
});
