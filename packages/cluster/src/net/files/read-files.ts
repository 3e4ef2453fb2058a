// Lists directories and reads files. Both the older endpoints and the operator API ask here.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { FileInfo } from "@mezzo/wire";
import { describeSystemError } from "../../core/describe-system-error.ts";
import { fileInfo } from "./file-info.ts";
import { openFound } from "./open-found.ts";
import type { ResolvedPath, VirtualFiles } from "./virtual-files.ts";

/** A refusal with its HTTP status and Mesos' words. */
export interface FilesRefusal {
  status: 400 | 403 | 404 | 500;
  words: string;
}

/** Sixteen pages of 4 KiB: a reader asks again for more (`FilesProcess::_read` of Mesos). */
const MAX_READ_BYTES = 16 * 4096;

/** The content of a directory, sorted by name; none of a file. */
export async function listFiles(files: VirtualFiles, path: string): Promise<FileInfo[] | FilesRefusal> {
  const found = await files.resolve(path);
  if (found.kind === "missing") return { status: 404, words: "" };
  if (found.kind === "forbidden") return { status: 403, words: "" };
  if (found.kind === "refused") return { status: 400, words: found.words };
  const listed = (await found.list?.().catch(() => undefined)) ?? [];
  return listed
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, stats }) => fileInfo(join(path, name), stats));
}

/**
 * Bytes of a file from `offset` on, at most `length` and at most 64 KiB, and the size of the whole file. A length of 0
 * asks for the size alone.
 */
export async function readFilePart(
  files: VirtualFiles,
  path: string,
  { offset, length }: { offset: number; length?: number },
): Promise<{ size: number; data: Buffer } | FilesRefusal> {
  const found = await files.resolve(path);
  if (found.kind === "missing") return { status: 404, words: "" };
  if (found.kind === "forbidden") return { status: 403, words: "" };
  if (found.kind === "refused") return { status: 400, words: found.words };
  try {
    const stats = await stat(found.path);
    if (stats.isDirectory()) return { status: 400, words: "Cannot read a directory.\n" };
    // Opening a pipe would wait for a writer, perhaps for ever.
    if (!stats.isFile()) return { status: 400, words: `'${path}' is not a file.\n` };
    return await readPart(found, { offset, length: Math.min(length ?? Infinity, MAX_READ_BYTES) });
  } catch (error) {
    const reason = describeSystemError(error);
    return { status: 500, words: `Failed to open file at '${found.path}': ${reason}.\n` };
  }
}

async function readPart(
  found: Extract<ResolvedPath, { kind: "found" }>,
  { offset, length }: { offset: number; length: number },
): Promise<{ size: number; data: Buffer }> {
  const file = await openFound(found);
  try {
    const { size } = await file.stat();
    const wanted = Math.max(0, Math.min(length, size - offset));
    if (wanted === 0) return { size, data: Buffer.alloc(0) };
    const { bytesRead, buffer } = await file.read(Buffer.alloc(wanted), 0, wanted, offset);
    return { size, data: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}
