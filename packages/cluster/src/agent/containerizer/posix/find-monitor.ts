// Chooses the monitor that waits for a container's command: the compiled one, or the same in perl.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** How to start a monitor: a program and its first arguments. */
export interface Monitor {
  program: string;
  /** What follows the program, before the monitor's own arguments. */
  prefix: string[];
  /** Whether it kills by itself what its command left behind, on SIGTERM everything, and can be tied to the agent. */
  reapsDescendants: boolean;
}

const directory = join(import.meta.dirname, "monitor");

/**
 * The first monitor that really runs here. Without arguments a monitor does nothing and exits with 0. Rejects when
 * there is none, naming what would help.
 */
export async function findMonitor(machine: string = process.arch): Promise<Monitor> {
  const compiled = join(directory, `monitor-${machine}`);
  const script = join(directory, "monitor.pl");
  const candidates: Monitor[] = [
    { program: compiled, prefix: [], reapsDescendants: true },
    { program: "/usr/bin/perl", prefix: [script], reapsDescendants: false },
  ];
  for (const monitor of candidates) {
    try {
      await execute(monitor.program, monitor.prefix, { env: {} });
      return monitor;
    } catch {
      // The next one.
    }
  }
  throw new Error(
    `Cannot run containers: neither '${compiled}' nor perl can be executed on this machine (${machine}); ` +
      "make the first executable or install perl",
  );
}
