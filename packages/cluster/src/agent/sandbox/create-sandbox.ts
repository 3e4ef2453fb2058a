// Makes the directory in which a task runs.
import { rmdirSync } from "node:fs";
import { lstat, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describeSystemError } from "../../core/describe-system-error.ts";
import { atSandbox, makeSandbox } from "./enter-sandbox.ts";
import type { Owner } from "./held-folder.ts";
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
  // Before anything is made: whoever has the sandbox around it acts while this waits.
  const owner = await ownerOf(user);
  const folder = attempt("create directory", () => makeSandbox(directory));
  try {
    attempt("chmod directory", () => folder.chmod(SANDBOX_MODE));
    attempt(chownTo(user), () => folder.give(owner));
  } catch (error) {
    removeEmpty(directory);
    throw error;
  } finally {
    folder.close();
  }
}

const chownTo = (user: string | undefined): string => `chown directory to '${user}'`;

/** Whom to give it to; undefined when it is the agent's user's. */
async function ownerOf(user: string | undefined): Promise<Owner | undefined> {
  if (user === undefined) return undefined;
  const owner = await lookUpUser(user);
  if (!owner) throw new Error(`Failed to ${chownTo(user)}: No such user '${user}'`);
  return owner.uid === process.geteuid?.() && owner.gid === process.getegid?.() ? undefined : owner;
}

function attempt<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(`Failed to ${what}: ${describeSystemError(error)}`, { cause: error });
  }
}

function removeEmpty(directory: string): void {
  try {
    atSandbox(directory, rmdirSync);
  } catch {
    // It is not empty, or not there any more.
  }
}
