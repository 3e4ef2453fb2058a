// Container ids as texts: the ids from the root down, with dots between them, as Mesos prints them.
import { createHash } from "node:crypto";
import type { ContainerID } from "@mezzo/wire";
import { nestedSandboxPath } from "../sandbox/paths.ts";

/** `root.child.grandchild`; no id holds a dot. */
export function containerName({ value, parent }: ContainerID): string {
  return parent === undefined ? value : `${containerName(parent)}.${value}`;
}

/** The outermost container around this one, or itself. */
export function rootOf(id: ContainerID): ContainerID {
  return id.parent === undefined ? id : rootOf(id.parent);
}

/** From the sandbox of the root to the container's: `containers/a/containers/b`, empty for the root. */
export function pathWithinRoot({ value, parent }: ContainerID): string {
  return parent === undefined ? "" : nestedSandboxPath(pathWithinRoot(parent), value);
}

/** Of the 255 bytes that a file's name may have, with room for suffixes. */
const MAX_FILE_NAME_BYTES = 240;

/** A file name for a container; deep nesting with long ids has no readable one. */
export function fileNameOf(name: string): string {
  if (Buffer.byteLength(name) <= MAX_FILE_NAME_BYTES) return name;
  return createHash("sha256").update(name).digest("hex");
}
