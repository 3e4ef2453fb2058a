// What Docker remembers of a container for the agent: its name, and labels that tell whose it is and where its output goes.
import type { Offsets } from "./copy-logs.ts";

/** Before the container id, as in Mesos (src/slave/containerizer/docker.cpp). */
const PREFIX = "mesos-";

/** The agent that a container belongs to: several may share a daemon. */
const OWNER = "mezzo.runtime_dir";
const CONTAINER = "mezzo.container_id";
const SANDBOX = "mezzo.sandbox";
const STDOUT = "mezzo.stdout_offset";
const STDERR = "mezzo.stderr_offset";

export interface Remembered {
  containerId: string;
  sandbox: string;
  offsets: Offsets;
}

export function dockerName(containerId: string): string {
  return `${PREFIX}${containerId}`;
}

/** What finds all containers of an agent. */
export function ownerLabel(runtimeDir: string): string {
  return `${OWNER}=${runtimeDir}`;
}

export function toLabels(
  runtimeDir: string,
  { containerId, sandbox, offsets }: Remembered,
): Record<string, string> {
  return {
    [OWNER]: runtimeDir,
    [CONTAINER]: containerId,
    [SANDBOX]: sandbox,
    [STDOUT]: String(offsets.stdout),
    [STDERR]: String(offsets.stderr),
  };
}

/** Undefined for a container that is nobody's. */
export function fromLabels(labels: Readonly<Record<string, string>>): Remembered | undefined {
  const { [CONTAINER]: containerId, [SANDBOX]: sandbox } = labels;
  if (containerId === undefined || sandbox === undefined) return undefined;
  const offsets = { stdout: Number(labels[STDOUT] ?? 0), stderr: Number(labels[STDERR] ?? 0) };
  return { containerId, sandbox, offsets };
}
