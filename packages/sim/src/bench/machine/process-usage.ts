// What a process of this machine has used, from /proc.
import { readFileSync } from "node:fs";

/** /proc counts CPU in hundredths of a second on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

const KILOBYTES_PER_MEGABYTE = 1024;

/** User and system time of the process alone, and of the children it has waited for; seconds. */
export function cpuSeconds(pid: number): { own: number; children: number } {
  // The name in parentheses may hold spaces; the fields after it are numbers, from the third on.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  const sum = (first: number, second: number): number =>
    (Number(fields[first]) + Number(fields[second])) / TICKS_PER_SECOND;
  return { own: sum(11, 12), children: sum(13, 14) };
}

/** Memory in use, in MB of 2^20 bytes. */
export function residentMegabytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(match?.[1]) / KILOBYTES_PER_MEGABYTE;
}
