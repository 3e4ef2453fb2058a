// The terminal of a task with an image: the runtime makes it inside, where the machine's perl is not, and conmon holds it. A
// helper beside conmon passes on what is typed and printed; like conmon it outlives the agent.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { Readable } from "node:stream";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import { streamsOf } from "../../programs/streams-of.ts";
import { openLastingTerminal } from "../posix/streams/lasting-terminal.ts";
import type { OpenStreams } from "../posix/streams/open-streams.ts";
import { assertTerminals, JOINING } from "../posix/streams/terminal.ts";
import type { ContainerConfig } from "../containerizer.ts";
import type { CommandLine } from "../posix/command-line.ts";
import type { Stdio } from "./open-stdio.ts";

/** `files`: those in the sandbox, closed with the rest. */
export async function joinedStdio(
  { runtimeDir }: ContainerConfig,
  { line, files }: { line: CommandLine; files: { output: number; errors: number } },
): Promise<Stdio> {
  await assertTerminals();
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
        await join(runtimeDir, streams);
      } catch (error) {
        discard();
        throw error;
      }
      streams.started();
      close();
      return streams.take();
    },
    discard,
  };
}

/** Resolves once the helper is connected: from then on nothing that is printed is lost. */
function join(runtimeDir: string, { child: stdio }: Pick<OpenStreams, "child">): Promise<void> {
  const child = spawn(JOINING.program, JOINING.args, {
    cwd: runtimeDir,
    env: {},
    stdio: [...stdio, "pipe"],
    detached: true,
  });
  child.unref();
  return connected(child);
}

function connected(child: ChildProcess): Promise<void> {
  const report = streamsOf(child).stdio?.[3];
  return new Promise<void>((resolve, reject) => {
    const refuse = (why: string): void => reject(new Error(`Cannot give the container a terminal: ${why}`));
    child.once("error", (error) => refuse(describeSystemError(error)));
    if (!(report instanceof Readable)) return;
    report.on("error", () => undefined);
    report.once("data", () => resolve());
    report.once("end", () => refuse("its helper ended; see 'stdout' in the sandbox"));
  }).finally(() => void report?.destroy());
}
