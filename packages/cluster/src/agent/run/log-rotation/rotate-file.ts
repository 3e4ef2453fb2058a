// Moves what an output file holds to `stdout.1` and so on, while its task goes on writing.
//
//   stdout ──copied, then cut to nothing──► stdout.1 ──renamed──► stdout.2 ──► … ──► gone
//
// The task holds the file itself, so that it cannot be renamed: what it writes between the last look and the cut is lost,
// as with logrotate's `copytruncate`.
import { constants } from "node:fs";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { removeTree } from "../../sandbox/remove-tree.ts";
import type { Rotation } from "./rotation.ts";

/** At once in memory. */
const COPY_BYTES = 1024 * 1024;

/** How often what was written meanwhile is fetched as well before the cut: who writes faster than that loses some. */
const MAX_CATCH_UPS = 8;

/** Rotates the file if it is longer than it may be; true when it was. Links in its place are not followed. */
export async function rotateFile(path: string, { maxBytes, keep }: Rotation): Promise<boolean> {
  const { O_RDWR, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const found = await file.stat();
    // A second name may lie anywhere, and what lies there is not the task's to have cut.
    if (!found.isFile() || found.nlink > 1 || found.size <= maxBytes) return false;
    // Of more than is kept, the oldest is not worth copying.
    let at = Math.max(0, found.size - maxBytes * keep);
    const rounds = keep === 0 ? 0 : keep + MAX_CATCH_UPS;
    for (let round = 0; round < rounds; round += 1) {
      const { size } = await file.stat();
      if (at >= size) break;
      await shift(path, keep);
      at += await copy(file, { to: `${path}.1`, from: at, bytes: Math.min(maxBytes, size - at) });
    }
    await file.truncate(0);
    return true;
  } finally {
    await file.close();
  }
}

async function shift(path: string, keep: number): Promise<void> {
  const oldest = `${path}.${keep}`;
  // A folder there is the task's own doing.
  await rm(oldest, { force: true }).catch(() => removeTree(oldest));
  for (let index = keep - 1; index >= 1; index -= 1) {
    await rename(`${path}.${index}`, `${path}.${index + 1}`).catch(() => undefined);
  }
}

/** Copies into a file of the same owner that was not there; how many bytes there were. */
async function copy(
  source: FileHandle,
  { to, from, bytes }: { to: string; from: number; bytes: number },
): Promise<number> {
  const { uid, gid, mode } = await source.stat();
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const target = await open(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  const buffer = Buffer.allocUnsafe(Math.min(COPY_BYTES, bytes));
  let done = 0;
  try {
    await target.chown(uid, gid);
    while (done < bytes) {
      const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, bytes - done), from + done);
      if (bytesRead === 0) break;
      await target.write(buffer, 0, bytesRead);
      done += bytesRead;
    }
  } finally {
    await target.close();
  }
  return done;
}
