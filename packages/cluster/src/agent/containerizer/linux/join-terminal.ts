// The terminal of a container with an image: the runtime makes it inside, where the machine's perl is not, and conmon holds it. A
// helper beside conmon passes on what is typed and printed; like conmon it outlives the agent. One that dies is replaced.
//
//   <runtime_dir>/terminal-sandbox    the sandbox, for the next helper: its `stdout` gets what is printed
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../../core/clock.ts";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import type { Logger } from "../../../core/logger.ts";
import type { ContainerStreams } from "../container-streams.ts";
import type { ContainerConfig } from "../containerizer.ts";
import { openOutput } from "../open-output.ts";
import type { CommandLine } from "../posix/command-line.ts";
import { isAlive } from "../posix/container-record.ts";
import { openLastingTerminal, openTerminalPipes, reopenTerminal } from "../posix/streams/lasting-terminal.ts";
import type { OpenStreams } from "../posix/streams/open-streams.ts";
import { renewedStreams } from "../posix/streams/renewed-streams.ts";
import { assertTerminals, JOINING } from "../posix/streams/terminal.ts";
import { readLinuxRecord } from "./container-record.ts";
import { helperReady } from "./helper-ready.ts";
import type { Stdio } from "./open-stdio.ts";

/** More helpers of one container have a reason to die that another would meet as well. */
const MAX_HELPERS = 5;

export interface JoinDependencies {
  clock: Clock;
  logger: Logger;
}

/** `files`: those in the sandbox, closed with the rest. */
export async function joinedStdio(
  { runtimeDir, sandbox }: ContainerConfig,
  { line, files }: { line: CommandLine; files: { output: number; errors: number } },
  dependencies: JoinDependencies,
): Promise<Stdio> {
  await assertTerminals();
  writeFileSync(sandboxFile(runtimeDir), sandbox, { mode: 0o600 });
  const streams = await openLastingTerminal(runtimeDir, files.output);
  const close = (): void => [files.output, files.errors].forEach((file) => closeSync(file));
  const discard = (): void => {
    streams.discard();
    close();
  };
  return {
    line,
    terminal: true,
    // conmon's own words; the container's go through its terminal.
    stdio: ["ignore", files.errors, files.errors],
    started: async () => {
      try {
        // From then on nothing that is printed is lost.
        await helperReady(startHelper(runtimeDir, streams), dependencies);
      } catch (error) {
        discard();
        throw error;
      }
      streams.started();
      close();
      return renewed(runtimeDir, streams.take(), dependencies);
    },
    discard,
  };
}

/**
 * The terminal of a container that an earlier agent process started; undefined when it has none, or it ended. One that
 * conmon holds gets another helper when its own is gone.
 */
export function rejoinTerminal(
  runtimeDir: string,
  dependencies: JoinDependencies,
): ContainerStreams | undefined {
  const found = reopenTerminal(runtimeDir);
  if (sandboxOf(runtimeDir) === undefined) return found;
  const streams = found ?? replaceHelper(runtimeDir, dependencies);
  return streams && renewed(runtimeDir, streams, dependencies);
}

function renewed(
  runtimeDir: string,
  streams: ContainerStreams,
  dependencies: JoinDependencies,
): ContainerStreams {
  let helpers = 1;
  return renewedStreams(streams, () => {
    helpers += 1;
    return helpers > MAX_HELPERS ? undefined : replaceHelper(runtimeDir, dependencies);
  });
}

/** Undefined when the container has ended, too, or there is no other. */
function replaceHelper(
  runtimeDir: string,
  { logger, clock }: JoinDependencies,
): ContainerStreams | undefined {
  const sandbox = sandboxOf(runtimeDir);
  const { leader, bootId = "" } = readLinuxRecord(runtimeDir) ?? {};
  if (sandbox === undefined || !leader || !isAlive(leader, bootId)) return undefined;
  logger.warn("The helper of a terminal is gone: starting another", { runtimeDir });
  const warn = (error: unknown): void =>
    logger.warn("Cannot replace the helper of a terminal", {
      runtimeDir,
      reason: describeSystemError(error),
    });
  try {
    const output = openOutput(sandbox, { name: "stdout", identity: undefined });
    try {
      const streams = openTerminalPipes(runtimeDir, output);
      try {
        // One that does not connect ends, and the streams with it.
        helperReady(startHelper(runtimeDir, streams), { clock }).catch(warn);
      } catch (error) {
        streams.discard();
        throw error;
      }
      streams.started();
      return streams.take();
    } finally {
      closeSync(output);
    }
  } catch (error) {
    warn(error);
    return undefined;
  }
}

function startHelper(runtimeDir: string, { child: stdio }: Pick<OpenStreams, "child">): ChildProcess {
  const child = spawn(JOINING.program, JOINING.args, {
    cwd: runtimeDir,
    env: {},
    stdio: [...stdio, "pipe"],
    detached: true,
  });
  child.unref();
  return child;
}

const sandboxFile = (runtimeDir: string): string => join(runtimeDir, "terminal-sandbox");

/** Undefined unless conmon holds its terminal. */
function sandboxOf(runtimeDir: string): string | undefined {
  try {
    return readFileSync(sandboxFile(runtimeDir), "utf8");
  } catch {
    return undefined;
  }
}
