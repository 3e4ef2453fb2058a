// Finds the text files under a folder: the real input of the demonstration.
import { open, opendir } from "node:fs/promises";
import { join } from "node:path";

export interface TextFile {
  path: string;
  sizeBytes: number;
}

/** How much of a file is looked at to tell text from binary: what `git` and `grep` do, too. */
const SNIFFED_BYTES = 8192;

/** Larger files are data dumps rather than text; one of them would outweigh a whole batch. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** A folder with more files than this would make the demonstration a long one. */
const MAX_FILES = 200_000;

async function sniff(path: string): Promise<TextFile | undefined> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    if (size === 0 || size > MAX_FILE_BYTES) return undefined;
    const head = Buffer.alloc(Math.min(size, SNIFFED_BYTES));
    await file.read(head, 0, head.length, 0);
    return head.includes(0) ? undefined : { path, sizeBytes: size };
  } finally {
    await file.close();
  }
}

async function* walk(folder: string): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== ".git") yield* walk(path);
    if (entry.isFile()) yield path;
  }
}

/**
 * Text files under a folder, in the order of their paths. Symbolic links are not followed, files that cannot be
 * read are left out. Ends early when the signal is given. Throws when the folder itself cannot be opened.
 */
export async function findTextFiles(folder: string, signal?: AbortSignal): Promise<TextFile[]> {
  const files: TextFile[] = [];
  for await (const path of walk(folder)) {
    const file = await sniff(path).catch(() => undefined);
    if (file) files.push(file);
    if (files.length >= MAX_FILES || signal?.aborted === true) break;
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
