// Kills a process with everything it started (`os::killtree` of stout).
import { readProcesses } from "./processes.ts";

/**
 * SIGKILL for a process, its descendants in whatever session they are, and its process group. Those whose parent has gone
 * before and that left the group are not found.
 */
export function killTree(pid: number): void {
  // What is stopped starts no more while the others are looked for.
  send(pid, "SIGSTOP");
  const children = Map.groupBy(readProcesses(), ({ parent }) => parent);
  const found = [pid];
  for (const one of found) found.push(...(children.get(one) ?? []).map((child) => child.pid));
  send(-pid, "SIGKILL");
  for (const one of found) send(one, "SIGKILL");
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}
