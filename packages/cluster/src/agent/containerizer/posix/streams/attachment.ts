// Decides how a container's standard streams are made.
import type { UserIdentity } from "../../../sandbox/user.ts";
import type { ContainerConfig } from "../../containerizer.ts";
import type { CommandLine } from "../command-line.ts";
import { openPipes } from "./open-pipes.ts";
import type { OpenStreams } from "./open-streams.ts";
import { assertTerminals, inTerminal, terminalStreams } from "./terminal.ts";

/** What to execute and how to make its streams: files in the sandbox unless the container is to be attached to. */
export interface Attachment {
  line: CommandLine;
  attach?: (files: { errors: number }) => Promise<OpenStreams>;
}

/** Pipes, or a terminal of the size asked for. */
export function attachment(
  { attached, container, runtimeDir }: ContainerConfig,
  { line, identity }: { line: CommandLine; identity: UserIdentity | undefined },
): Attachment {
  if (attached !== true) return { line };
  const tty = container?.tty_info;
  if (!tty) return { line, attach: () => openPipes(runtimeDir, identity) };
  const size = tty.window_size ?? { rows: 0, columns: 0 };
  return {
    line: inTerminal(line, size),
    attach: async ({ errors }) => {
      await assertTerminals();
      const pipes = await openPipes(runtimeDir, identity);
      const [input, output] = pipes.child;
      // What goes wrong before the command has its terminal is told in the sandbox.
      return { ...pipes, child: [input, output, errors], take: () => terminalStreams(pipes.take()) };
    },
  };
}
