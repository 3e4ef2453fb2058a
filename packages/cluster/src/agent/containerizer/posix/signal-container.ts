// Sends signals to the processes of a container.
import { containerProcesses } from "./container-processes.ts";
import type { ContainerRecord } from "./container-record.ts";

/**
 * Sends `signal` to every process of the container: its process group at once, then whatever left the group, as
 * `os::killtree` of Mesos does with groups and sessions. False when none lives.
 */
export function signalContainer(record: ContainerRecord, signal: NodeJS.Signals): boolean {
  const processes = containerProcesses(record);
  if (processes.length === 0) return false;
  const leads = processes.some((one) => one.group === record.leader.pid);
  if (leads) send(-record.leader.pid, signal);
  for (const one of processes) {
    if (!leads || one.group !== record.leader.pid) send(one.pid, signal);
  }
  return true;
}

/**
 * One round of killing everything that belongs to the container, also what left its session: stops all that is found, so
 * that nothing new is forked, then kills it. Returns how many there were: the caller goes round until there are none.
 */
export function killRound(record: ContainerRecord): number {
  const processes = containerProcesses(record, { byMarker: true });
  for (const one of processes) send(one.pid, "SIGSTOP");
  for (const one of processes) send(one.pid, "SIGKILL");
  return processes.length;
}

/** Sends a signal; a process that is gone meanwhile is what was wanted. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone, or not ours to signal: the caller looks again.
  }
}
