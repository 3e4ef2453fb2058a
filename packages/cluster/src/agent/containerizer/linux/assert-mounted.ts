// Whether a created container has mounted what was meant, and where. The runtime goes there by names, in a mount namespace of
// its own in which nothing that the agent holds can be mounted, and the sandbox's owner may have put links there meanwhile.
import { readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { HeldFolder } from "../../sandbox/held-folder.ts";
import { decodeMountPath } from "./decode-mount-path.ts";

export interface ExpectedMount {
  /** The path of the mount point in the container, or the end of it. */
  at: string;
  /** What is mounted there, unless that is no one's to exchange. */
  of?: HeldFolder | undefined;
}

/** A line of the kernel's table: see proc_pid_mountinfo(5). */
interface Mount {
  id: number;
  /** `<major>:<minor>` */
  device: string;
  /** Which folder of the device it shows. */
  root: string;
  at: string;
}

/** Throws when something is not mounted where it belongs. Everything is still held. */
export function assertMounted(pid: number, expected: readonly ExpectedMount[]): void {
  if (expected.length === 0) return;
  const found = mountsOf(String(pid));
  const own = mountsOf("self");
  for (const { at, of } of expected) {
    const origin = of && originOf(of, own);
    const isThere = found.some(
      (mount) =>
        mount.at.endsWith(at) &&
        (origin === undefined || (mount.device === origin.device && mount.root === origin.root)),
    );
    if (!isThere) throw new Error(`Cannot mount at '${at}': the sandbox was changed meanwhile`);
  }
}

/** Throws when the working directory of a created container, which root may have entered for it, is another. */
export function assertStandsIn(pid: number, folder: HeldFolder): void {
  const [found, expected] = [statSync(`/proc/${pid}/cwd`), folder.stat()];
  if (found.dev === expected.dev && found.ino === expected.ino) return;
  throw new Error(`Cannot start in '${folder.named}': the sandbox was changed meanwhile`);
}

function originOf(of: HeldFolder, own: readonly Mount[]): Pick<Mount, "device" | "root"> {
  const id = of.mountId;
  const mount = own.find((each) => each.id === id);
  if (mount === undefined) throw new Error(`Cannot tell where '${of.named}' is mounted`);
  return { device: mount.device, root: join(mount.root, relative(mount.at, of.realPath)) };
}

function mountsOf(process: string): Mount[] {
  const lines = readFileSync(`/proc/${process}/mountinfo`, "utf8").trim().split("\n");
  return lines.map((line) => {
    const [id = "", , device = "", root = "", at = ""] = line.split(" ");
    return { id: Number(id), device, root: decodeMountPath(root), at: decodeMountPath(at) };
  });
}
