// Copies what a container writes into its sandbox, from where an earlier agent process stopped.
import { closeSync, fstatSync, write } from "node:fs";
import { promisify } from "node:util";
import type { IncomingMessage } from "node:http";
import { openOutput } from "../open-output.ts";
import { type Frame, readFrames } from "./read-frames.ts";

const writeTo = promisify(write);

/** How long the files in the sandbox were before the container wrote anything. */
export interface Offsets {
  stdout: number;
  stderr: number;
}

/** The lengths now; the files are made. */
export function measureOutputs(sandbox: string): Offsets {
  const sizeOf = (name: Frame["output"]): number => {
    const file = openOutput(sandbox, { name, identity: undefined });
    try {
      return fstatSync(file).size;
    } finally {
      closeSync(file);
    }
  };
  return { stdout: sizeOf("stdout"), stderr: sizeOf("stderr") };
}

/** Resolves when the log ends: the container has ended or the daemon has gone. Docker gives the log from its beginning. */
export async function copyLogs(
  log: IncomingMessage,
  { sandbox, offsets, hasTerminal }: { sandbox: string; offsets: Offsets; hasTerminal: boolean },
): Promise<void> {
  const before = measureOutputs(sandbox);
  const skip = {
    stdout: Math.max(0, before.stdout - offsets.stdout),
    stderr: Math.max(0, before.stderr - offsets.stderr),
  };
  const files = {
    stdout: openOutput(sandbox, { name: "stdout", identity: undefined }),
    stderr: openOutput(sandbox, { name: "stderr", identity: undefined }),
  };
  try {
    for await (const { output, bytes } of readFrames(log as AsyncIterable<Buffer>, hasTerminal)) {
      const known = Math.min(skip[output], bytes.length);
      skip[output] -= known;
      let rest = bytes.subarray(known);
      while (rest.length > 0) rest = rest.subarray((await writeTo(files[output], rest)).bytesWritten);
    }
  } finally {
    closeSync(files.stdout);
    closeSync(files.stderr);
  }
}
