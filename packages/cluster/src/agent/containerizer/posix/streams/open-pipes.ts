// Pipes for a container's standard streams. Sockets, which Node makes for children by itself, would not do: a shell
// cannot open `/dev/stdout` when it is one.
import { execFile } from "node:child_process";
import { chownSync, closeSync, constants, openSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { UserIdentity } from "../../../sandbox/user.ts";
import type { OpenStreams } from "./open-streams.ts";
import { pipeStreams } from "./pipe-streams.ts";

const execute = promisify(execFile);

const { O_RDONLY, O_WRONLY, O_RDWR, O_NONBLOCK } = constants;

/** Named in `directory` for an instant only. The container's user owns them, so that it can open them anew. */
export async function openPipes(directory: string, identity: UserIdentity | undefined): Promise<OpenStreams> {
  const [input, output, errors] = ["stdin", "stdout", "stderr"].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  const paths = [input, output, errors];
  await execute("mkfifo", ["-m", "600", "--", ...paths]);
  const opened: number[] = [];
  const open = (path: string, flags: number): number => {
    const descriptor = openSync(path, flags);
    opened.push(descriptor);
    return descriptor;
  };
  try {
    // Open for both, a pipe waits for no other end: so the child's ends can be opened as ones that block.
    const hold = openSync(input, O_RDWR | O_NONBLOCK);
    const childInput = open(input, O_RDONLY);
    const inputEnd = open(input, O_WRONLY | O_NONBLOCK);
    closeSync(hold);
    const outputEnd = open(output, O_RDONLY | O_NONBLOCK);
    const childOutput = open(output, O_WRONLY);
    const errorsEnd = open(errors, O_RDONLY | O_NONBLOCK);
    const childErrors = open(errors, O_WRONLY);
    for (const path of paths) {
      if (identity) chownSync(path, identity.uid, identity.gid);
      unlinkSync(path);
    }
    return {
      child: [childInput, childOutput, childErrors],
      started: () => [childInput, childOutput, childErrors].forEach((one) => closeSync(one)),
      take: () => pipeStreams({ inputEnd, outputEnd, errorsEnd }),
      discard: () => opened.forEach((one) => closeSync(one)),
    };
  } catch (error) {
    opened.forEach((one) => closeSync(one));
    throw error;
  }
}
