// Removes a folder in which others may write meanwhile.
import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";
import { enterAbove } from "./enter-sandbox.ts";

const execute = promisify(execFile);

/**
 * Removes what is at `path`, if anything is. GNU's program holds each folder while it looks into it: one that is replaced by a
 * link then does not lead it elsewhere, as it would lead Node's `rm`, which goes by paths.
 */
export async function removeTree(path: string): Promise<void> {
  await execute("rm", ["-rf", "--", path]).catch((error: unknown) => {
    const words = (error as { stderr?: string }).stderr?.trim();
    throw new Error(words || String(error), { cause: error });
  });
}

/** Removes a sandbox, or another folder of the work directory. Through a link on the way to it nothing is removed. */
export async function removeSandboxTree(path: string): Promise<void> {
  const above = unlessMissing(() => enterAbove(path));
  if (above === undefined) return;
  try {
    await removeTree(`${above.pathForOthers}/${basename(path)}`);
  } finally {
    above.close();
  }
}

function unlessMissing<T>(enter: () => T): T | undefined {
  try {
    return enter();
  } catch (error) {
    const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw error;
  }
}
