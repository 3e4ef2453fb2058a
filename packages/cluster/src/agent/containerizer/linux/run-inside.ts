// Runs one command inside a container and waits for it: checks.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, readFileSync, rmSync } from "node:fs";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import { openOutput } from "../open-output.ts";
import type { InsideCommand } from "../containerizer.ts";
import { writeExecProcess } from "./exec-process.ts";
import type { RunningContainer } from "./isolator.ts";
import type { Runtime } from "./runtime.ts";

/** An end by a signal counts as a shell counts it. */
const SIGNAL_EXIT_CODE = 128;

export async function runInside(
  container: RunningContainer,
  { command, runtime, file }: { command: InsideCommand; runtime: Runtime; file: string },
): Promise<number> {
  const pidFile = `${file}.pid`;
  const { containerId, runtimeDir } = container;
  const wanted = { ...command, endsAsOne: true };
  const { endsAsOne } = await writeExecProcess(file, wanted, { runtimeDir });
  const output = openOutput(command.sandbox, { name: "stderr", identity: undefined });
  try {
    command.signal.throwIfAborted();
    const args = ["--root", runtime.root, "exec", "--process", file, "--pid-file", pidFile, containerId];
    const child = spawn(runtime.program, args, { stdio: ["ignore", output, output] });
    const abort = (): void => kill(child, { pidFile, endsAsOne });
    command.signal.addEventListener("abort", abort);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    child.once("error", (error) =>
      reject(new Error(`Failed to create subprocess: ${describeSystemError(error)}`)),
    );
    child.once("exit", (code) => resolve(code ?? SIGNAL_EXIT_CODE));
    return await promise.finally(() => command.signal.removeEventListener("abort", abort));
  } finally {
    closeSync(output);
    for (const path of [file, pidFile]) rmSync(path, { force: true });
  }
}

/** The processes within: the runtime, which waits for them, ends then. Otherwise it is told not to wait. */
function kill(child: ChildProcess, { pidFile, endsAsOne }: { pidFile: string; endsAsOne: boolean }): void {
  try {
    process.kill(Number(readFileSync(pidFile, "utf8")), endsAsOne ? "SIGTERM" : "SIGKILL");
    if (endsAsOne) return;
  } catch {
    // There is none, or none any more.
  }
  child.kill("SIGKILL");
}
