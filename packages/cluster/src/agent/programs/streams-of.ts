// The streams of a child process, which it may not have.
import type { ChildProcess } from "node:child_process";

type Streams = Pick<ChildProcess, "stdin" | "stdout" | "stderr" | "stdio">;

/**
 * Where no descriptors are left Node makes none of them, against its types. Such a child emits `error` in the next turn,
 * and neither `exit` nor `close`.
 */
export function streamsOf(child: ChildProcess): { [Name in keyof Streams]: Streams[Name] | undefined } {
  return child;
}
