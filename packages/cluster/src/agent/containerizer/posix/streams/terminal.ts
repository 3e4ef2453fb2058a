// A pseudo terminal for a container, held by a helper that runs in it; the helper's own streams are pipes.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ContainerStreams, WindowSize } from "../../container-streams.ts";
import type { CommandLine } from "../command-line.ts";

const execute = promisify(execFile);

const PERL = "/usr/bin/perl";
const SCRIPT = join(import.meta.dirname, "terminal.pl");

const FRAME_HEAD_BYTES = 5;

/** Bytes typed that go into one frame: a pipe takes that much at once or not at all (PIPE_BUF), also from an agent that dies. */
const MAX_FRAME_BYTES = 4096 - FRAME_HEAD_BYTES;

/** Rejects when the machine cannot run the helper. */
export async function assertTerminals(): Promise<void> {
  try {
    await execute(PERL, [SCRIPT, "probe"], { env: {} });
  } catch (error) {
    throw new Error("Cannot give the container a terminal: install perl", { cause: error });
  }
}

/** The helper, which runs the command. Sizes of 0 are unknown. `keep`: the terminal outlives the agent. */
export function inTerminal(
  line: CommandLine,
  { size: { rows, columns }, mode }: { size: WindowSize; mode: "run" | "keep" },
): CommandLine {
  const argv = ["perl", SCRIPT, mode, String(rows), String(columns), line.executable, ...line.argv];
  return { executable: PERL, argv };
}

/** The helper for a terminal that conmon holds, with its socket and its control pipe in the working directory. */
export const JOINING: { program: string; args: string[] } = {
  program: PERL,
  args: [SCRIPT, "join", "attach", "ctl"],
};

/** Speaks with the helper through its pipes. */
export function terminalStreams(pipes: ContainerStreams): ContainerStreams {
  return {
    ...pipes,
    terminal: true,
    write: async (data) => {
      for (let start = 0; start < data.length; start += MAX_FRAME_BYTES) {
        await pipes.write(frame("D", data.subarray(start, start + MAX_FRAME_BYTES)));
      }
    },
    // Whoever types sends an EOT character instead.
    endInput: () => undefined,
    resize: ({ rows, columns }) => {
      const size = Buffer.alloc(4);
      size.writeUInt16BE(Math.min(rows, MAX_SIZE), 0);
      size.writeUInt16BE(Math.min(columns, MAX_SIZE), 2);
      return pipes.write(frame("S", size));
    },
  };
}

/** What a window's size is kept in. */
const MAX_SIZE = 0xffff;

function frame(kind: "D" | "S", content: Uint8Array): Buffer {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.write(kind, "latin1");
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}
