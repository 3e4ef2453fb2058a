// Enters a sandbox so that no link is followed that its owner, or the owner of a sandbox around it, has put on the way.
//
//   <work_dir>/slaves/…/runs/<id> / containers / <id> / containers / <id>
//   └ only the agent writes here ┘ └ who has the sandbox may rename each of these, and put a link in its place
import { mkdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { HeldFolder } from "./held-folder.ts";

/** Names the folder in a sandbox, or in the work directory, in which sandboxes lie. */
const CONTAINERS = "containers";

/** The part of a sandbox's path that may be trusted, and the segments after it. */
function split(sandbox: string): { root: string; segments: string[] } {
  let root = sandbox;
  const segments: string[] = [];
  while (basename(dirname(root)) === CONTAINERS) {
    segments.unshift(CONTAINERS, basename(root));
    root = dirname(dirname(root));
  }
  return { root, segments };
}

function walk(root: string, segments: readonly string[], step: "enter" | "make"): HeldFolder {
  let folder = HeldFolder.open(root);
  for (const segment of segments) {
    const outer = folder;
    try {
      folder = outer[step](segment);
    } finally {
      outer.close();
    }
  }
  return folder;
}

/** Holds a sandbox; whoever calls closes it. Throws when there is none, or a link on the way to it. */
export function enterSandbox(sandbox: string): HeldFolder {
  const { root, segments } = split(sandbox);
  return walk(root, segments, "enter");
}

/** The same; what is missing of the path is made. */
export function makeSandbox(sandbox: string): HeldFolder {
  const { root, segments } = split(sandbox);
  mkdirSync(root, { recursive: true });
  return walk(root, segments, "make");
}

/** Holds the folder in which a sandbox lies. */
export function enterAbove(sandbox: string): HeldFolder {
  const { root, segments } = split(sandbox);
  return segments.length === 0 ? HeldFolder.open(dirname(root)) : walk(root, segments.slice(0, -1), "enter");
}

/** Does something to a sandbox itself, by a path that is good meanwhile and that leads through no link. */
export function atSandbox<T>(sandbox: string, use: (path: string) => T): T {
  const above = enterAbove(sandbox);
  try {
    return use(above.at(basename(sandbox)));
  } finally {
    above.close();
  }
}

/** Does something in a sandbox that is held meanwhile. */
export async function inSandbox<T>(sandbox: string, use: (folder: HeldFolder) => T | Promise<T>): Promise<T> {
  const folder = enterSandbox(sandbox);
  try {
    return await use(folder);
  } finally {
    folder.close();
  }
}
