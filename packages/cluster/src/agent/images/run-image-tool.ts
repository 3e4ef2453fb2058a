// Runs one of the programs that images are made with, as long as it gets anywhere.
import type { Clock } from "../../core/clock.ts";
import { Growth } from "../programs/growth.ts";
import { runProgram } from "../programs/run-program.ts";

/** In a stall timeout. An image may have very many files: a look at all of them takes its time. */
const LOOKS = 4;

export interface ImageToolOptions {
  /** Where it writes. */
  folder: string;
  stallTimeoutMs: number;
}

/** The program has the name of its package. Rejects with what it said when it fails, is not there, or makes no progress. */
export async function runImageTool(
  command: readonly [string, ...string[]],
  { folder, stallTimeoutMs }: ImageToolOptions,
  clock: Clock,
): Promise<void> {
  const [program] = command;
  const lookEveryMs = stallTimeoutMs / LOOKS;
  const growth = new Growth(folder, { stallTimeoutMs, lookEveryMs }, clock);
  const missing = `'${program}' cannot be started: install the package '${program}'`;
  try {
    await runProgram(command, { signal: growth.signal, missing });
  } finally {
    growth.stop();
  }
}
