// Starts a container's monitor, which starts the command.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { Readable } from "node:stream";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import { streamsOf } from "../../programs/streams-of.ts";
import { enterSandbox } from "../../sandbox/enter-sandbox.ts";
import type { UserIdentity } from "../../sandbox/user.ts";
import type { ContainerStreams } from "../container-streams.ts";
import type { CommandLine } from "./command-line.ts";
import type { Monitor } from "./find-monitor.ts";
import { openOutput } from "../open-output.ts";
import type { OpenStreams } from "./streams/open-streams.ts";

/** What the monitor and its command are started with. */
export interface MonitorStart {
  monitor: Monitor;
  commandLine: CommandLine;
  environment: Record<string, string>;
  sandbox: string;
  /** Where the command starts; absent: in the sandbox. */
  workingDirectory?: string | undefined;
  /** Makes the command's standard streams instead of files in the sandbox. */
  attach?: ((files: { output: number; errors: number }) => Promise<OpenStreams>) | undefined;
  runtimeDir: string;
  /** Whom to become; absent: the agent's own user. */
  identity: UserIdentity | undefined;
  /** The container ends when the agent does, however that happens. */
  tied: boolean;
}

/** A monitor that runs and the pid of the command it started. */
export interface StartedMonitor {
  child: ChildProcess;
  monitorPid: number;
  leaderPid: number;
  /** Present when they were made. */
  streams?: ContainerStreams;
}

/** The words before a pid are an error of the monitor; no more than a screenful is kept. */
const MAX_REPORT_BYTES = 4096;

/**
 * Starts the monitor in a session of its own; resolves once it has started the command. The command's output is
 * appended to `stdout` and `stderr` in the sandbox. Rejects with the reason when either cannot be started.
 */
export async function startMonitor(start: MonitorStart): Promise<StartedMonitor> {
  const { identity, sandbox, runtimeDir } = start;
  const output = openOutput(sandbox, { name: "stdout", identity });
  let errors: number | undefined;
  let streams: OpenStreams | undefined;
  let child: ChildProcess;
  try {
    errors = openOutput(sandbox, { name: "stderr", identity });
    streams = await start.attach?.({ output, errors });
    child = spawnMonitor(start, streams?.child ?? ["ignore", output, errors]);
  } catch (error) {
    streams?.discard();
    throw error;
  } finally {
    closeSync(output);
    if (errors !== undefined) closeSync(errors);
  }
  streams?.started();
  // Taken even if the monitor fails: only then are the descriptors closed in order.
  const taken = streams?.take();
  const leaderPid = await readLeaderPid(child, runtimeDir);
  return { child, monitorPid: child.pid ?? 0, leaderPid, ...(taken && { streams: taken }) };
}

function spawnMonitor(
  start: MonitorStart,
  [input, output, errors]: readonly (number | "ignore")[],
): ChildProcess {
  const folder = enterSandbox(start.workingDirectory ?? start.sandbox);
  try {
    return spawn(start.monitor.program, monitorArguments(start), {
      cwd: folder.path,
      env: start.environment,
      stdio: [input, output, errors, "pipe"],
      detached: true,
    });
  } finally {
    folder.close();
  }
}

function monitorArguments({ monitor, commandLine, identity, runtimeDir, tied }: MonitorStart): string[] {
  return [
    ...monitor.prefix,
    tied ? "tied" : "detached",
    runtimeDir,
    ...(identity ? [String(identity.uid), String(identity.gid), identity.groups.join(",")] : ["-", "-", "-"]),
    commandLine.executable,
    ...commandLine.argv,
  ];
}

function readLeaderPid(child: ChildProcess, runtimeDir: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const report = streamsOf(child).stdio?.[3];
    let text = "";
    const refuse = (why: string): void => {
      report?.destroy();
      reject(new Error(`Failed to start the monitor of the container: ${why}`));
    };
    child.once("error", (error) => refuse(describeSystemError(error)));
    if (!(report instanceof Readable)) return;
    report.on("error", () => undefined);
    report.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (text.endsWith("\n")) {
        report.destroy();
        resolve(Number(text));
      } else if (text.length > MAX_REPORT_BYTES) refuse("it does not name a process");
    });
    report.on("end", () => refuse(`it ended at once; see 'stderr' in the sandbox and '${runtimeDir}'`));
  });
}
