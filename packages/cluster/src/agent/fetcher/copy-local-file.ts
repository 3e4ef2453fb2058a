// Copies a file of this machine into a sandbox.
import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import type { FetchContext } from "./fetch-context.ts";
import { programOutput } from "./program-output.ts";
import { type FetchTarget, writeFile } from "./write-into-sandbox.ts";

/**
 * Copies `source` to `target`, with the permissions that `target` names or else those of `source`. A task may only get
 * what its own user may read: for another user than the agent's the file is read by a process of that user, as the
 * fetcher of Mesos changes its user (`os::su`).
 */
export async function copyLocalFile(
  context: FetchContext,
  source: string,
  target: FetchTarget,
): Promise<string> {
  const found = await stat(source);
  if (found.isDirectory()) throw new Error(`'${source}' is a directory`);
  if (!found.isFile()) throw new Error(`'${source}' is not a file`);
  const { name, mode = found.mode & ~process.umask() } = target;
  if (!context.identity) {
    await access(source, constants.R_OK);
    return writeFile(context, { name, mode }, () => createReadStream(source));
  }
  const { uid, gid } = context.identity;
  return writeFile(context, { name, mode }, () => programOutput("cat", ["--", source], { as: { uid, gid } }));
}
