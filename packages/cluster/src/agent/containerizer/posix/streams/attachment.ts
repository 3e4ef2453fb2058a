// Decides how a container's standard streams are made.
import type { UserIdentity } from "../../../sandbox/user.ts";
import type { ContainerConfig } from "../../containerizer.ts";
import type { CommandLine } from "../command-line.ts";
import { openLastingTerminal } from "./lasting-terminal.ts";
import { openPipes } from "./open-pipes.ts";
import type { OpenStreams } from "./open-streams.ts";
import { assertTerminals, inTerminal, terminalStreams } from "./terminal.ts";

/** What to execute and how to make its streams: files in the sandbox unless the container can be attached to. */
export interface Attachment {
  line: CommandLine;
  attach?: (files: { output: number; errors: number }) => Promise<OpenStreams>;
}

/** Pipes, or a terminal of the size asked for; one that the agent does not hold itself outlives it. */
export function attachment(
  { attached, container, runtimeDir }: ContainerConfig,
  { line, identity }: { line: CommandLine; identity: UserIdentity | undefined },
): Attachment {
  const tty = container?.tty_info;
  if (!tty) return attached === true ? { line, attach: () => openPipes(runtimeDir, identity) } : { line };
  const size = tty.window_size ?? { rows: 0, columns: 0 };
  if (attached !== true) {
    return {
      line: inTerminal(line, { size, mode: "keep" }),
      attach: async ({ output }) => {
        await assertTerminals();
        return openLastingTerminal(runtimeDir, output);
      },
    };
  }
  return {
    line: inTerminal(line, { size, mode: "run" }),
    attach: async ({ errors }) => {
      await assertTerminals();
      const pipes = await openPipes(runtimeDir, identity);
      const [input, output] = pipes.child;
      // What goes wrong before the command has its terminal is told in the sandbox.
      return { ...pipes, child: [input, output, errors], take: () => terminalStreams(pipes.take()) };
    },
  };
}
