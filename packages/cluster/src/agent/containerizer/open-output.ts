// Opens the files in a sandbox that a container's outputs go to.
import { constants, fchownSync, openSync } from "node:fs";
import { join } from "node:path";
import { describeSystemError } from "../../core/describe-system-error.ts";
import type { UserIdentity } from "../sandbox/user.ts";

/** The sandbox is its user's, who may have put a link or a pipe there: neither is followed, nor waited for. */
export function openOutput(
  sandbox: string,
  { name, identity }: { name: string; identity: UserIdentity | undefined },
): number {
  const { O_WRONLY, O_CREAT, O_APPEND, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK;
    const file = openSync(join(sandbox, name), flags, 0o644);
    if (identity) fchownSync(file, identity.uid, identity.gid);
    return file;
  } catch (error) {
    throw new Error(`Failed to create '${name}' file: ${describeSystemError(error)}`, { cause: error });
  }
}
