// The first process of a container: without one, the command would be process 1 of its pid namespace, which the kernel
// shields from signals and burdens with everybody's orphans.
import { statSync } from "node:fs";
import { dirname } from "node:path";
import type { UserIdentity } from "../../sandbox/user.ts";
import { findMonitor } from "../posix/find-monitor.ts";
import type { OciMount } from "./oci-spec.ts";

/** Where a container with an image sees it: its /dev is a file system of its own, so nothing is left in the image. */
const SEEN_AT = "/dev/mezzo-init";

/** Bit of a directory's mode that lets everybody pass. */
const OTHERS_PASS = 0o001;

/** The program of this machine; undefined where none was compiled: commands are then process 1 themselves. */
export async function findInit(): Promise<string | undefined> {
  const { program, reapsDescendants } = await findMonitor();
  return reapsDescendants ? program : undefined;
}

/**
 * How the container gets it; undefined when it has none: a container of the machine's file system reaches the program
 * where it lies, which a user may not be allowed to.
 */
export function placeInit(
  program: string | undefined,
  of: { hasImage: boolean; identity: UserIdentity | undefined },
): { seenAt: string; mount?: OciMount } | undefined {
  if (program === undefined) return undefined;
  if (of.hasImage) {
    const mount = { destination: SEEN_AT, type: "bind", source: program, options: ["bind", "ro"] };
    return { seenAt: SEEN_AT, mount };
  }
  return of.identity === undefined || everybodyReaches(program) ? { seenAt: program } : undefined;
}

function everybodyReaches(program: string): boolean {
  for (let path = program; ; path = dirname(path)) {
    if ((statSync(path).mode & OTHERS_PASS) === 0) return false;
    if (path === "/") return true;
  }
}
