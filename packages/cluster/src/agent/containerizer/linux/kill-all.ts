// Ends everything that runs in a container's cgroup.
import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import type { Cgroup } from "./cgroups/cgroup.ts";

/** Between two rounds of killing: time for the kernel to end what was killed. */
const KILL_PAUSE_MS = 10;

/** Rounds before what is left is given up: only a process that the kernel holds on to lasts longer. */
const MAX_KILL_ROUNDS = 500;

/** Resolves when nothing runs in the cgroup any more; with false when it gave up. */
export async function killAll(
  cgroup: Cgroup,
  { clock, logger }: { clock: Clock; logger: Logger },
): Promise<boolean> {
  for (let round = 0; round < MAX_KILL_ROUNDS; round += 1) {
    const processes = cgroup.processes();
    if (processes.length === 0) return true;
    for (const pid of processes) sendTo(pid, "SIGKILL");
    await new Promise<void>((resolve) => void clock.after(KILL_PAUSE_MS, resolve));
  }
  logger.error("Cannot kill every process of a container", { cgroup: cgroup.path });
  return false;
}

/** False when the process is gone meanwhile. */
export function sendTo(pid: number | undefined, signal: NodeJS.Signals): boolean {
  try {
    return pid !== undefined && process.kill(pid, signal);
  } catch {
    return false;
  }
}
