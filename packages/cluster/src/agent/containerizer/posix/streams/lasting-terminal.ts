// The terminal of a task: it outlives the agent, so the pipes to its helper keep their names for the next agent process.
//
//   <runtime_dir>/terminal-input    frames of what is typed; the helper holds both ends, so that it never ends
//   <runtime_dir>/terminal-output   what is printed; while nobody has it open the sandbox alone gets it
import { execFile } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ContainerStreams } from "../../container-streams.ts";
import type { OpenStreams } from "./open-streams.ts";
import { type PipeEnds, pipeStreams } from "./pipe-streams.ts";
import { terminalStreams } from "./terminal.ts";

const execute = promisify(execFile);

const { O_RDONLY, O_WRONLY, O_RDWR, O_NONBLOCK } = constants;

const pathsIn = (directory: string): { input: string; output: string } => ({
  input: join(directory, "terminal-input"),
  output: join(directory, "terminal-output"),
});

/** `copy`: the file in the sandbox that gets what is printed; it stays the caller's. */
export async function openLastingTerminal(directory: string, copy: number): Promise<OpenStreams> {
  const { input, output } = pathsIn(directory);
  await execute("mkfifo", ["-m", "600", "--", input, output]);
  return openTerminalPipes(directory, copy);
}

/** The same for another helper: the pipes are there. */
export function openTerminalPipes(directory: string, copy: number): OpenStreams {
  const { input, output } = pathsIn(directory);
  const opened: number[] = [];
  const open = (path: string, flags: number): number => {
    const descriptor = openSync(path, flags);
    opened.push(descriptor);
    return descriptor;
  };
  const discard = (): void => opened.forEach((one) => closeSync(one));
  try {
    const childInput = open(input, O_RDWR);
    const inputEnd = open(input, O_WRONLY | O_NONBLOCK);
    const outputEnd = open(output, O_RDONLY | O_NONBLOCK);
    const childOutput = open(output, O_WRONLY);
    return {
      child: [childInput, childOutput, copy],
      started: () => [childInput, childOutput].forEach((one) => closeSync(one)),
      take: () => copiedStreams({ inputEnd, outputEnd }),
      discard,
    };
  } catch (error) {
    discard();
    throw error;
  }
}

/** The terminal of a container that an earlier agent process started; undefined when it has none, or it ended. */
export function reopenTerminal(directory: string): ContainerStreams | undefined {
  const { input, output } = pathsIn(directory);
  let inputEnd: number;
  try {
    // Fails when the helper does not hold it.
    inputEnd = openSync(input, O_WRONLY | O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    return copiedStreams({ inputEnd, outputEnd: openSync(output, O_RDONLY | O_NONBLOCK) });
  } catch (error) {
    closeSync(inputEnd);
    throw error;
  }
}

const copiedStreams = (ends: PipeEnds): ContainerStreams => ({
  ...terminalStreams(pipeStreams(ends)),
  copied: true,
});
