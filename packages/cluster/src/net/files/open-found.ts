// Opens a file that a path of `/files` was found to stand for.
import { constants } from "node:fs";
import { type FileHandle, open, readlink } from "node:fs/promises";
import type { ResolvedPath } from "./virtual-files.ts";

/** Rejects when the path leads elsewhere than it did: whoever owns the folder may have put a link there meanwhile. */
export async function openFound({
  path,
  isReal = false,
}: Extract<ResolvedPath, { kind: "found" }>): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (!isReal || (await readlink(`/proc/self/fd/${file.fd}`)) === path) return file;
  await file.close();
  throw new Error("it was replaced meanwhile");
}
