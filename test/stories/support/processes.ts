// Looks at the processes of this machine through /proc: which of them belong to a folder, and whether one is alive.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function workingDirectory(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}

/** Whether a process exists and is more than an exit code waiting to be collected. */
export function isAlive(pid: number): boolean {
  const state = /^\d+ \(.*\) (\S)/s.exec(read(`/proc/${pid}/stat`))?.[1];
  return state !== undefined && state !== "Z" && state !== "X";
}

/** The command line, parameters separated by spaces. */
export function commandLine(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
}

/** One variable of a process' environment as it was at its start. */
export function environmentVariable(pid: number, name: string): string | undefined {
  const entry = read(`/proc/${pid}/environ`)
    .split("\0")
    .find((each) => each.startsWith(`${name}=`));
  return entry?.slice(name.length + 1);
}

/** Living processes, without this one, of which the predicate holds. */
export function findProcesses(predicate: (pid: number) => boolean): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isAlive(pid) && predicate(pid));
}

/** Living processes that work in a folder or name it in their command line or environment: what a story has left behind. */
export function processesOf(folder: string): number[] {
  return findProcesses(
    (pid) =>
      workingDirectory(pid).startsWith(folder) ||
      commandLine(pid).includes(folder) ||
      read(`/proc/${pid}/environ`).includes(folder),
  );
}

/** Living processes that carry a variable in their environment. */
export function processesWith(name: string, value: string): number[] {
  return findProcesses((pid) => environmentVariable(pid, name) === value);
}
