// Checkpoints on the machine's disk.
import {
  closeSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import type { FileTree } from "../checkpoint/file-tree.ts";
import type { FileWrite } from "../checkpoint/writes.ts";
import { destroyVolume } from "./destroy-volume.ts";

const syncFile = promisify(fsync);

/** Beside the file it will replace. A rest of it is overwritten by the next attempt. */
const TEMPORARY = ".new";

/**
 * Performs writes in order and resolves when those marked `sync` are on disk. The writes themselves go to the page cache,
 * which takes microseconds; only the waiting for the disk leaves the event loop, and many files share it.
 */
export async function performWrites(writes: readonly FileWrite[]): Promise<void> {
  const unsynced = new Map<string, number>();
  try {
    for (const write of writes) perform(write, unsynced);
    await Promise.all([...unsynced.values()].map((descriptor) => syncFile(descriptor)));
  } finally {
    for (const descriptor of unsynced.values()) closeSync(descriptor);
  }
}

function perform(write: FileWrite, unsynced: Map<string, number>): void {
  switch (write.kind) {
    case "directory":
      mkdirSync(write.path, { recursive: true });
      return;
    case "remove":
      rmSync(write.path, { force: true, recursive: true });
      return;
    case "empty":
      destroyVolume(write.path);
      return;
    case "link":
      mkdirSync(dirname(write.path), { recursive: true });
      rmSync(write.path, { force: true });
      symlinkSync(write.target, write.path);
      return;
    case "replace":
      put(`${write.path}${TEMPORARY}`, { flags: "w", bytes: write.bytes, sync: write.sync });
      renameSync(`${write.path}${TEMPORARY}`, write.path);
      return;
    case "create":
    case "append":
      put(write.path, { flags: write.kind === "append" ? "a" : "w", bytes: write.bytes });
      if (write.sync) keepForSync(write.path, unsynced);
  }
}

function put(path: string, of: { flags: "w" | "a"; bytes: Uint8Array; sync?: boolean | undefined }): void {
  const descriptor = openMaking(path, of.flags);
  try {
    writeSync(descriptor, of.bytes);
    // Replacements must be whole before they take the old file's name; they are rare enough to wait for.
    if (of.sync) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function keepForSync(path: string, unsynced: Map<string, number>): void {
  if (!unsynced.has(path)) unsynced.set(path, openSync(path, "r"));
}

/** Directories are made only when one is missing, which is rare. */
function openMaking(path: string, flags: "w" | "a"): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    if (!isMissing(error)) throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, flags);
  }
}

/** The machine's disk as the reader of checkpoints sees it. */
export const diskTree: FileTree = {
  read: (path) => unlessMissing(() => readFileSync(path)),
  list: (path) => unlessMissing(() => readdirSync(path)) ?? [],
  readLink: (path) => unlessMissing(() => readlinkSync(path)),
};

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === "ENOENT" || error.code === "ENOTDIR";
}
