// A destroyed volume's data goes. That can take minutes, in which nothing else must wait: the directory is moved aside at
// once and removed while the agent goes on.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, rmdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Resource } from "@mezzo/wire";
import { removeTree } from "../sandbox/remove-tree.ts";

const VOLUMES = "/volumes/roles/";

/** What is moved aside on the disk that holds volumes below `root`. */
const trashIn = (root: string): string => join(root, "volumes", "destroyed");

/** Removes the volume in this directory; of one that is a mount point the directory itself stays, empty. */
export function destroyVolume(path: string): void {
  if (!moveAside(path)) emptyInPlace(path);
}

/** False when the directory cannot be moved: it is a mount point, or not there. */
function moveAside(path: string): boolean {
  const at = path.lastIndexOf(VOLUMES);
  if (at < 0) return false;
  const trash = trashIn(path.slice(0, at));
  mkdirSync(trash, { recursive: true });
  const aside = mkdtempSync(join(trash, "volume-"));
  try {
    renameSync(path, join(aside, "data"));
    return true;
  } catch {
    return false;
  } finally {
    removeLater(aside);
  }
}

function emptyInPlace(path: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(path);
  } catch {
    return;
  }
  for (const name of names) rmSync(join(path, name), { force: true, recursive: true });
  try {
    rmdirSync(path);
  } catch {
    // A mount point: that it is empty is what matters.
  }
}

/** Removes what an earlier agent process had moved aside, on the work directory's disk and those among the resources. */
export function emptyTrash(workDir: string, resources: readonly Resource[]): void {
  const disks = resources.flatMap((resource) => resource.disk?.source?.path?.root ?? []);
  for (const root of new Set([workDir, ...disks.map((disk) => resolve(workDir, disk))])) {
    removeLater(trashIn(root));
  }
}

function removeLater(path: string): void {
  // What cannot be removed now is tried again by the next agent process.
  removeTree(path).catch(() => undefined);
}
