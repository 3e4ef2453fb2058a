// Finds conmons that an agent started and did not live to write down.
import { readdirSync, readFileSync } from "node:fs";

/** Their pids by the runtime directory of their container; what cannot be read is nobody's. */
export function findConmons(): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const words = commandLineOf(name);
    const index = words.indexOf("--exit-dir");
    const directory = words[index + 1];
    if (index > 0 && directory !== undefined) found.set(directory, Number(name));
  }
  return found;
}

function commandLineOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}
