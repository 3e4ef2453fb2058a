// Runs a command in a container that Docker runs: a check.
import { closeSync, write } from "node:fs";
import { promisify } from "node:util";
import type { InsideCommand } from "../containerizer.ts";
import { openOutput } from "../open-output.ts";
import { killTree } from "../posix/kill-tree.ts";
import type { Engine } from "./engine.ts";
import { readFrames } from "./read-frames.ts";

const writeTo = promisify(write);

/** Its exit code. What it writes goes to `stderr` of the sandbox. Rejects when it was ended by its signal. */
export async function runExec(
  engine: Engine,
  name: string,
  { command, environment, sandbox, user, signal }: InsideCommand,
): Promise<number> {
  const { shell = true, value = "", arguments: rest = [] } = command;
  const { Id } = await engine.createExec(name, {
    Cmd: shell ? ["/bin/sh", "-c", value] : [value, ...rest.slice(1)],
    Env: Object.entries(environment)
      .filter(([key]) => key !== "PATH")
      .map(([key, text]) => `${key}=${text}`),
    ...(user !== undefined && command.user !== undefined && { User: user }),
  });
  const end = (): void => void killExec(engine, Id);
  signal.addEventListener("abort", end, { once: true });
  const file = openOutput(sandbox, { name: "stderr", identity: undefined });
  try {
    const output = await engine.startExec(Id, signal);
    for await (const { bytes } of readFrames(output as AsyncIterable<Buffer>, false)) {
      await writeTo(file, bytes);
    }
    signal.throwIfAborted();
    return (await engine.inspectExec(Id)).ExitCode ?? -1;
  } finally {
    closeSync(file);
    signal.removeEventListener("abort", end);
  }
}

/** Docker has no word for it; its processes are on this machine. */
async function killExec(engine: Engine, id: string): Promise<void> {
  try {
    const { Running, Pid } = await engine.inspectExec(id);
    if (Running && Pid > 0) killTree(Pid);
  } catch {
    // It has ended, or the daemon has.
  }
}
