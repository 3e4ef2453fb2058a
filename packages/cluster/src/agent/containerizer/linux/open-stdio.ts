// Opens the standard streams of a container: files in its sandbox, or pipes to the agent.
import { closeSync } from "node:fs";
import type { UserIdentity } from "../../sandbox/user.ts";
import type { ContainerStreams } from "../container-streams.ts";
import type { ContainerConfig } from "../containerizer.ts";
import { openOutput } from "../open-output.ts";
import { attachment } from "../posix/streams/attachment.ts";
import type { CommandLine } from "../posix/command-line.ts";
import { joinedStdio, type JoinDependencies } from "./join-terminal.ts";

/** Descriptors for the container, and what becomes of them. */
export interface Stdio {
  /** What to run so that the streams are as asked: in a terminal, a helper. */
  line: CommandLine;
  stdio: readonly (number | "ignore")[];
  /** The runtime makes the terminal, and conmon holds it. */
  terminal?: true;
  /** The container is created: closes the agent's copies and returns its own ends. */
  started(): ContainerStreams | undefined | Promise<ContainerStreams>;
  /** Instead: nothing was started. */
  discard(): void;
}

export async function openStdio(
  config: ContainerConfig,
  {
    line: plain,
    identity,
    hasImage,
  }: { line: CommandLine; identity: UserIdentity | undefined; hasImage: boolean },
  dependencies: JoinDependencies,
): Promise<Stdio> {
  const { sandbox } = config;
  const output = openOutput(sandbox, { name: "stdout", identity });
  let errors: number;
  try {
    errors = openOutput(sandbox, { name: "stderr", identity });
  } catch (error) {
    closeSync(output);
    throw error;
  }
  const close = (): void => [output, errors].forEach((file) => closeSync(file));
  if (hasImage && config.container?.tty_info) {
    try {
      return await joinedStdio(config, { line: plain, files: { output, errors } }, dependencies);
    } catch (error) {
      close();
      throw error;
    }
  }
  const { line, attach } = attachment(config, { line: plain, identity });
  if (!attach) {
    return {
      line,
      stdio: ["ignore", output, errors],
      started: () => {
        close();
        return undefined;
      },
      discard: close,
    };
  }
  try {
    const streams = await attach({ output, errors });
    return {
      line,
      stdio: streams.child,
      started: () => {
        streams.started();
        close();
        return streams.take();
      },
      discard: () => {
        streams.discard();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
