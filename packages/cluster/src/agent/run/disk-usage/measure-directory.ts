// How much disk a directory takes, as `du` counts it: blocks, links not followed, files with several names once.
import { execFile } from "node:child_process";

/** Part of every machine. */
const PROGRAM = "du";
/** A tree that takes longer is not measured this time: something else is wrong with its disk. */
const TIMEOUT_MS = 120_000;
/** `du` complains about every file that vanished meanwhile; more of that is of no interest. */
const MAX_OUTPUT_BYTES = 1024 * 1024;
const KILOBYTE = 1024;

/** Bytes; undefined when the directory cannot be read. A process of its own, so that large trees hold up nothing. */
export function measureDirectory(path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const limits = { timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES };
    // The slash: a disk that is itself a link is followed.
    execFile(PROGRAM, ["-k", "-s", `${path}/`], limits, (_error, stdout) => {
      // Files that vanish while they are counted make the exit code 1, and the sum is right nevertheless.
      const kilobytes = /^(\d+)\s/.exec(stdout)?.[1];
      resolve(kilobytes === undefined ? undefined : Number(kilobytes) * KILOBYTE);
    });
  });
}
