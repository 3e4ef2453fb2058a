// A pseudo terminal for a container.
import { execFile, spawn } from "node:child_process";
import { chownSync, closeSync, constants, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ReadStream } from "node:tty";
import { promisify } from "node:util";
import { describeSystemError } from "../../../../core/describe-system-error.ts";
import type { UserIdentity } from "../../../sandbox/user.ts";
import type { ContainerStreams, WindowSize } from "../../container-streams.ts";
import type { CommandLine } from "../command-line.ts";
import { writeTo } from "./open-pipes.ts";
import type { OpenStreams } from "./open-streams.ts";
import { readOutputs } from "./read-outputs.ts";

const execute = promisify(execFile);

const PERL = "/usr/bin/perl";
const SCRIPT = join(import.meta.dirname, "terminal.pl");

/**
 * Opens a terminal. `outputs` is where the command's words go before it has the terminal. Rejects when the machine
 * has no pseudo terminals or no perl.
 */
export async function openTerminal(
  outputs: { output: number; errors: number },
  identity: UserIdentity | undefined,
): Promise<OpenStreams> {
  try {
    await execute(PERL, [SCRIPT, "probe"], { env: {} });
  } catch (error) {
    throw new Error("Cannot give the container a terminal: install perl", { cause: error });
  }
  const master = openMaster(identity);
  return {
    child: [master, outputs.output, outputs.errors],
    started: () => undefined,
    take: () => terminalStreams(master),
    discard: () => closeSync(master),
  };
}

/** The program that takes the terminal's other side and becomes the command. */
export function inTerminal(line: CommandLine, { rows, columns }: WindowSize): CommandLine {
  const argv = ["perl", SCRIPT, "run", String(rows), String(columns), line.executable, ...line.argv];
  return { executable: PERL, argv };
}

function openMaster(identity: UserIdentity | undefined): number {
  let master: number | undefined;
  try {
    master = openSync("/dev/ptmx", constants.O_RDWR | constants.O_NOCTTY);
    // The container's user owns its side, so that programs can open it by its name.
    const number = /^tty-index:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${master}`, "latin1"))?.[1];
    if (identity && number !== undefined) chownSync(`/dev/pts/${number}`, identity.uid, identity.gid);
    return master;
  } catch (error) {
    if (master !== undefined) closeSync(master);
    throw new Error(`Cannot give the container a terminal: ${describeSystemError(error)}`, { cause: error });
  }
}

function terminalStreams(master: number): ContainerStreams {
  const socket = new ReadStream(master);
  return {
    terminal: true,
    ...readOutputs({ STDOUT: socket }),
    write: (data) => writeTo(socket, data),
    endInput: () => undefined,
    resize: (size) =>
      socket.destroyed ? Promise.reject(new Error("Input/output error")) : resize(master, size),
  };
}

function resize(master: number, { rows, columns }: WindowSize): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(PERL, [SCRIPT, "resize", String(rows), String(columns)], {
      env: {},
      stdio: [master, "ignore", "ignore"],
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error("Inappropriate ioctl for device")),
    );
  });
}
