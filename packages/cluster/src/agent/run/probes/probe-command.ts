// A check by command: its exit code.
import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { CommandInfo } from "@mezzo/wire";
import type { Containerizer } from "../../containerizer/containerizer.ts";
import { killTree } from "../../containerizer/posix/kill-tree.ts";
import type { ProbeResult } from "../../checks/probe.ts";
import { variablesOf } from "../../executor/executor-environment.ts";
import { switchUser } from "../../sandbox/switch-user.ts";

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
  const stderr = await open(join(sandbox, "stderr"), "a");
  try {
    signal.throwIfAborted();
    const shell = command.shell ?? true;
    const value = command.value ?? "";
    const [, ...rest] = command.arguments ?? [];
    const child = spawn(shell ? "/bin/sh" : value, shell ? ["-c", value] : rest, {
      cwd: sandbox,
      env: environment,
      stdio: ["ignore", stderr.fd, stderr.fd],
      // A process group of its own, so that everything it started ends with it.
      detached: true,
      ...(identity && { uid: identity.uid, gid: identity.gid }),
    });
    const { promise, resolve, reject } = Promise.withResolvers<ProbeResult>();
    child.once("error", (error) => reject(new Error(`Failed to create subprocess: ${error.message}`)));
    child.once("exit", (code) => resolve({ exitCode: code ?? SIGNAL_EXIT_CODE }));
    signal.addEventListener("abort", () => child.pid !== undefined && killTree(child.pid));
    return await promise;
  } finally {
    await stderr.close();
  }
}
