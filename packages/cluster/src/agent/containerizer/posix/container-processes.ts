// Finds every process of a container, wherever it hides.
import { readFileSync } from "node:fs";
import { type ContainerRecord, isAlive } from "./container-record.ts";
import { type Process, readProcesses } from "./processes.ts";

/**
 * The live processes of a container without its monitor: those of the leader's session, the descendants of the monitor
 * and the leader, and, when `byMarker`, those whose environment holds the container's marker (dear: one file a process).
 * A session counts only while its members are no older than the leader, because its number is used again one day.
 */
export function containerProcesses(
  record: ContainerRecord,
  options: { table?: Process[]; byMarker?: boolean } = {},
): Process[] {
  const table = options.table ?? readProcesses();
  const since = record.leader.startTime ?? record.monitor.startTime ?? Infinity;
  const mine = new Set<number>();
  for (const root of [record.monitor, record.leader]) {
    if (isAlive(root, record.bootId)) mine.add(root.pid);
  }
  // Parents come after children as often as before: go round until nothing is added.
  for (let before = -1; before !== mine.size;) {
    before = mine.size;
    for (const one of table) if (mine.has(one.parent)) mine.add(one.pid);
  }
  const inSession = (one: Process): boolean => one.session === record.leader.pid && one.startTime >= since;
  return table.filter(
    (one) =>
      one.pid !== record.monitor.pid &&
      one.pid !== process.pid &&
      (mine.has(one.pid) ||
        inSession(one) ||
        (options.byMarker === true && one.startTime >= since && hasMarker(one.pid, record.marker))),
  );
}

function hasMarker(pid: number, marker: string | undefined): boolean {
  if (marker === undefined) return false;
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(marker);
  } catch {
    return false;
  }
}
