// Runs a program of the machine to its end.
import { spawn } from "node:child_process";
import { streamsOf } from "./streams-of.ts";

export interface ProgramOptions {
  /** Kills it when aborted. */
  signal: AbortSignal;
  /** Said when there is no such program. */
  missing: string;
  as?: { uid: number; gid: number } | undefined;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Its last words are passed on, in characters. */
const MAX_WORDS = 2000;

/** Rejects when it cannot be started, with what it said when it fails, and with the signal's reason when that ended it. */
export function runProgram(
  [program = "", ...parameters]: readonly string[],
  { signal, missing, as, ...options }: ProgramOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...options,
      ...as,
      stdio: ["ignore", "ignore", "pipe"],
      signal,
      killSignal: "SIGKILL",
    });
    let words = "";
    streamsOf(child).stderr?.on("data", (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-MAX_WORDS);
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (signal.aborted && child.pid !== undefined) return;
      reject(error.code === "ENOENT" ? new Error(missing, { cause: error }) : error);
    });
    // One that was killed is waited for, since it may write until then, but not what it has started.
    child.on("exit", () => {
      if (signal.aborted) reject(signal.reason as Error);
    });
    child.on("close", (code, killedBy) => {
      if (code === 0) resolve();
      else reject(new Error(words.trim() || `it ended with ${killedBy ?? String(code)}`));
    });
  });
}
