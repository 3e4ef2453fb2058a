// Opens the files in a sandbox that a container's outputs go to.
import { closeSync, constants, fchownSync, fstatSync, openSync } from "node:fs";
import { describeSystemError } from "../../core/describe-system-error.ts";
import { enterSandbox } from "../sandbox/enter-sandbox.ts";
import type { HeldFolder } from "../sandbox/held-folder.ts";
import type { UserIdentity } from "../sandbox/user.ts";

/** The sandbox is its user's, who may have put a link or a pipe there: neither is followed, nor waited for. */
export function openOutput(
  sandbox: string,
  { name, identity }: { name: string; identity: UserIdentity | undefined },
): number {
  try {
    const folder = enterSandbox(sandbox);
    try {
      return openIn(folder, { name, identity });
    } finally {
      folder.close();
    }
  } catch (error) {
    throw new Error(`Failed to create '${name}' file: ${describeSystemError(error)}`, { cause: error });
  }
}

function openIn(
  folder: HeldFolder,
  { name, identity }: { name: string; identity: UserIdentity | undefined },
): number {
  const { O_WRONLY, O_CREAT, O_APPEND, O_NOFOLLOW, O_NONBLOCK } = constants;
  const flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK;
  const file = openSync(folder.at(name), flags, 0o644);
  try {
    const { nlink, uid } = fstatSync(file);
    // A second name of a file that lies elsewhere is not the sandbox's to be written to.
    if (nlink > 1 && uid !== folder.stat().uid) throw new Error("it is a second name of another's file");
    if (identity) fchownSync(file, identity.uid, identity.gid);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
