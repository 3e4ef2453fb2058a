// A check by command: its exit code.
import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import type { CommandInfo } from "@mezzo/wire";
import type { Containerizer } from "../../containerizer/containerizer.ts";
import { openOutput } from "../../containerizer/open-output.ts";
import { killTree } from "../../containerizer/posix/kill-tree.ts";
import type { ProbeResult } from "../../checks/probe.ts";
import { variablesOf } from "../../executor/executor-environment.ts";
import { inSandbox } from "../../sandbox/enter-sandbox.ts";
import { switchUser } from "../../sandbox/switch-user.ts";
import type { UserIdentity } from "../../sandbox/user.ts";

export interface CommandProbe {
  command: CommandInfo;
  sandbox: string;
  environment: Record<string, string>;
  user?: string;
}

/** An exit by a signal counts as the shell counts it. */
const SIGNAL_EXIT_CODE = 128;

/**
 * Runs the command as the task's user in its sandbox, in the container's namespaces where it has some; its output goes to
 * the task's stderr, as in Mesos.
 */
export async function probeCommand(
  probe: CommandProbe,
  of: { signal: AbortSignal; containerizer: Containerizer; containerId: string },
): Promise<ProbeResult> {
  const { signal, containerizer, containerId } = of;
  const { command, sandbox } = probe;
  const environment = { ...probe.environment, ...variablesOf(command.environment) };
  const inside = containerizer.runInside?.(containerId, { ...probe, environment, signal });
  if (inside) return { exitCode: await inside };
  const identity = await switchUser(probe.user);
  const stderr = openOutput(sandbox, { name: "stderr", identity });
  try {
    return await inSandbox(sandbox, (folder) =>
      run(command, { directory: folder.path, environment, stderr, identity, signal }),
    );
  } finally {
    closeSync(stderr);
  }
}

interface CommandRun {
  directory: string;
  environment: Record<string, string>;
  stderr: number;
  identity: UserIdentity | undefined;
  signal: AbortSignal;
}

function run(
  command: CommandInfo,
  { directory, environment, stderr, identity, signal }: CommandRun,
): Promise<ProbeResult> {
  signal.throwIfAborted();
  const shell = command.shell ?? true;
  const value = command.value ?? "";
  const [, ...rest] = command.arguments ?? [];
  const child = spawn(shell ? "/bin/sh" : value, shell ? ["-c", value] : rest, {
    cwd: directory,
    env: environment,
    stdio: ["ignore", stderr, stderr],
    // A process group of its own, so that everything it started ends with it.
    detached: true,
    ...(identity && { uid: identity.uid, gid: identity.gid }),
  });
  const { promise, resolve, reject } = Promise.withResolvers<ProbeResult>();
  child.once("error", (error) => reject(new Error(`Failed to create subprocess: ${error.message}`)));
  child.once("exit", (code) => resolve({ exitCode: code ?? SIGNAL_EXIT_CODE }));
  signal.addEventListener("abort", () => child.pid !== undefined && killTree(child.pid));
  return promise;
}
