// Reads the kernel's process table.
import { readdirSync, readFileSync } from "node:fs";

/** One line of the process table (proc(5), `/proc/<pid>/stat`). */
export interface Process {
  pid: number;
  /** "Z" and "X" are dead: nothing of them runs any more. */
  state: string;
  parent: number;
  group: number;
  session: number;
  /** CPU time of the process and of its children that ended, in clock ticks. */
  userTicks: number;
  systemTicks: number;
  /** Ticks since the machine booted: with the pid and the boot id it names a process for good. */
  startTime: number;
  residentPages: number;
}

/** Clock ticks a second: fixed by the kernel's interface on every machine Linux runs on. */
export const TICKS_PER_SECOND = 100;

/** The process with this pid, or undefined when there is none or it is dead. */
export function readProcess(pid: number): Process | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return undefined;
  }
  // The name is in parentheses and may itself hold parentheses and spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const number = (field: number): number => Number(fields[field - 3]);
  const state = fields[0] ?? "X";
  if (state === "Z" || state === "X") return undefined;
  return {
    pid,
    state,
    parent: number(4),
    group: number(5),
    session: number(6),
    userTicks: number(14) + number(16),
    systemTicks: number(15) + number(17),
    startTime: number(22),
    residentPages: number(24),
  };
}

/** Every live process. */
export function readProcesses(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== undefined);
}

/** The id of this boot: pids and start times of another boot mean nothing. */
export const bootId = readBootId();

function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return "";
  }
}

/** Bytes in a page of memory: 4096 on x64, up to 65536 on arm64. */
export const pageSize = readPageSize();

function readPageSize(): number {
  try {
    const kibibytes = /^KernelPageSize:\s+(\d+) kB/m.exec(readFileSync("/proc/self/smaps", "latin1"));
    return Number(kibibytes?.[1] ?? 4) * 1024;
  } catch {
    return 4096;
  }
}
