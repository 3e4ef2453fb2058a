// Runs a program of the machine to its end, or until nothing happens any more.
import { spawn } from "node:child_process";
import type { Clock } from "../../core/clock.ts";

export interface ProgramOptions {
  /** Shown instead of its path when it is not there. */
  packageName: string;
  /** Whether it makes progress is asked this often, milliseconds. */
  stallTimeoutMs: number;
  /** A number that grows as long as it works. */
  progress: () => number;
}

/** The last words of a program that failed. */
const MAX_WORDS = 2000;

/** Rejects with what it said when it fails, is not there, or makes no progress. */
export function runProgram(
  [program = "", ...parameters]: readonly string[],
  { packageName, stallTimeoutMs, progress }: ProgramOptions,
  clock: Clock,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ["ignore", "ignore", "pipe"] });
    let words = "";
    let last = progress();
    let stalled = false;
    const look = (): void => {
      const now = progress();
      if (now > last) {
        last = now;
        timer = clock.after(stallTimeoutMs, look);
        return;
      }
      stalled = true;
      child.kill("SIGKILL");
    };
    let timer = clock.after(stallTimeoutMs, look);
    child.stderr.on("data", (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-MAX_WORDS);
    });
    child.on("error", () => {
      timer.cancel();
      reject(new Error(`'${program}' cannot be started: install the package '${packageName}'`));
    });
    child.on("close", (code, signal) => {
      timer.cancel();
      if (code === 0) return resolve();
      const why = stalled
        ? `nothing came for ${stallTimeoutMs / 1000} seconds`
        : words.trim() || `it ended with ${signal ?? String(code)}`;
      return reject(new Error(why));
    });
  });
}
