// Copies a file of this machine into a sandbox.
import { spawn } from "node:child_process";
import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { FetchContext } from "./fetch-context.ts";
import { writeFile } from "./write-into-sandbox.ts";

/**
 * Copies `source` to `name`, with its permissions. A task may only get what its own user may read: for another user than
 * the agent's the file is read by a process of that user, as the fetcher of Mesos changes its user (`os::su`).
 */
export async function copyLocalFile(context: FetchContext, source: string, name: string): Promise<string> {
  const found = await stat(source);
  if (found.isDirectory()) throw new Error(`'${source}' is a directory`);
  if (!found.isFile()) throw new Error(`'${source}' is not a file`);
  const mode = found.mode & ~process.umask();
  if (!context.identity) {
    await access(source, constants.R_OK);
    return writeFile(context, { name, mode }, createReadStream(source));
  }
  const { stdout, ended } = readAs(context.identity, source);
  const [path] = await Promise.all([writeFile(context, { name, mode }, stdout), ended]);
  return path;
}

/** Reads a file with the rights of a user and none of his additional groups. */
function readAs(
  { uid, gid }: { uid: number; gid: number },
  source: string,
): { stdout: Readable; ended: Promise<void> } {
  const child = spawn("cat", ["--", source], {
    uid,
    gid,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(0, 1000);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(words.trim() || `Cannot read '${source}'`));
    });
  });
  return { stdout: child.stdout, ended };
}
