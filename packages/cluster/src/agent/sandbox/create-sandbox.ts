// Makes the directory in which a task runs.
import { lstat, rm, rmdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describeSystemError } from "../../core/describe-system-error.ts";
import { makeSandbox } from "./enter-sandbox.ts";
import type { HeldFolder } from "./held-folder.ts";
import { LATEST } from "./paths.ts";
import { lookUpUser } from "./user.ts";

/** A sandbox holds private data of a task: others have no access (`createSandboxDirectory` of Mesos). */
const SANDBOX_MODE = 0o750;

/**
 * Creates a sandbox with its parents, gives it to `user` and nobody else, and points `latest` beside it to it.
 * Rejects in the words of `src/slave/paths.cpp`.
 */
export async function createSandbox(directory: string, options: { user?: string } = {}): Promise<void> {
  try {
    await createSandboxDirectory(directory, options);
  } catch (error) {
    throw new Error(
      `Failed to create executor directory '${directory}': ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  const latest = join(dirname(directory), LATEST);
  const old = await lstat(latest).catch(() => undefined);
  if (old && !old.isSymbolicLink()) {
    throw new Error(`Failed to symlink '${directory}' to '${latest}': it is not a link`);
  }
  await rm(latest, { force: true });
  try {
    await symlink(directory, latest);
  } catch (error) {
    throw new Error(`Failed to symlink '${directory}' to '${latest}': ${describeSystemError(error)}`, {
      cause: error,
    });
  }
}

/** The directory alone, for sandboxes that have no siblings. Words follow `createSandboxDirectory` of Mesos. */
export async function createSandboxDirectory(directory: string, { user }: { user?: string }): Promise<void> {
  let folder: HeldFolder;
  try {
    folder = makeSandbox(directory);
  } catch (error) {
    throw new Error(`Failed to create directory: ${describeSystemError(error)}`, { cause: error });
  }
  try {
    folder.chmod(SANDBOX_MODE);
    const identity = user === undefined ? undefined : await lookUpUser(user);
    if (user !== undefined && !identity) throw new Error(`No such user '${user}'`);
    if (identity?.uid !== process.geteuid?.() || identity?.gid !== process.getegid?.()) folder.give(identity);
  } catch (error) {
    await rmdir(directory).catch(() => undefined);
    throw new Error(`Failed to chown directory to '${user}': ${describeSystemError(error)}`, {
      cause: error,
    });
  } finally {
    folder.close();
  }
}
