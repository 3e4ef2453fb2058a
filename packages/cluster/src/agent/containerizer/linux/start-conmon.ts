// Starts conmon, the monitor of one container, which has the runtime create it.
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import { streamsOf } from "../../programs/streams-of.ts";
import type { Runtime } from "./runtime.ts";

/** One line that names a process or says why there is none; the runtime's words may be long. */
const MAX_REPORT_BYTES = 64 * 1024;

/** What only tells what went wrong is cut to what a status can carry. */
const MAX_WORDS = 2000;

export interface ConmonStart {
  program: string;
  runtime: Runtime;
  containerId: string;
  /** Bundle, exit directory and directory of what conmon keeps, all in one. */
  runtimeDir: string;
  /** The container's standard streams: it gets the descriptors themselves. */
  stdio: readonly (number | "ignore")[];
  /** conmon ends with the agent. */
  tied: boolean;
  /** conmon holds the container's terminal instead of giving it its own streams. */
  terminal?: boolean | undefined;
}

/**
 * Resolves with conmon and the pid of the created container. `--sync` keeps conmon a child of the agent, so that its end
 * is noticed at once; in a session of its own it outlives the agent.
 */
export async function startConmon(start: ConmonStart): Promise<{ child: ChildProcess; pid: number }> {
  const { runtimeDir } = start;
  rmSync(join(runtimeDir, "pidfile"), { force: true });
  const [program = "", ...args] = [...(start.tied ? TIE : []), start.program, ...conmonArguments(start)];
  const child = spawn(program, args, {
    cwd: runtimeDir,
    env: { PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin", _OCI_SYNCPIPE: "3" },
    stdio: [...start.stdio, "pipe"],
    detached: true,
  });
  return { child, pid: await readReport(child) };
}

/** The kernel kills conmon when the agent's process is gone. */
const TIE = ["setpriv", "--pdeathsig", "KILL", "--"];

function conmonArguments({ runtime, containerId, runtimeDir, terminal }: ConmonStart): string[] {
  return [
    ...["--api-version", "1", "--sync", "-c", containerId, "-u", containerId, "-n", containerId],
    ...["-r", runtime.program, "-b", runtimeDir, "-p", join(runtimeDir, "pidfile")],
    ...["--exit-dir", runtimeDir, "--persist-dir", runtimeDir, "--full-attach"],
    ...(terminal === true ? ["-l", "none", "--terminal"] : ["-l", "passthrough"]),
    ...["--runtime-arg", "--root", "--runtime-arg", runtime.root],
  ];
}

function readReport(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const report = streamsOf(child).stdio?.[3];
    let text = "";
    const refuse = (why: string): void => {
      report?.destroy();
      reject(new Error(`Failed to create the container: ${why.trim().slice(0, MAX_WORDS)}`));
    };
    child.once("error", (error) => refuse(`cannot execute conmon: ${describeSystemError(error)}`));
    if (!(report instanceof Readable)) return;
    report.on("error", () => undefined);
    report.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      if (text.length > MAX_REPORT_BYTES) return refuse("conmon does not name a process");
      if (!text.includes("\n")) return;
      const { pid, message } = parseReport(text);
      if (pid === undefined) return refuse(message);
      report.destroy();
      resolve(pid);
    });
    report.on("end", () => refuse("conmon ended before it created the container"));
  });
}

/** `{"data": <pid>}`, or `{"data": -1, "message": …}`. */
function parseReport(text: string): { pid?: number; message: string } {
  try {
    const {
      data,
      pid = data,
      message = "",
    }: { data?: number; pid?: number; message?: string } = JSON.parse(text);
    return pid !== undefined && pid > 0 ? { pid, message } : { message };
  } catch {
    return { message: text };
  }
}
