// Splits files into batches of about equal size, one batch a task.
import type { TextFile } from "./text-files.ts";

/**
 * Batches of at most `maxBytes`, unless a single file is larger, and at most `maxFiles`. Keeps the order; every file is in
 * exactly one batch.
 */
export function splitIntoBatches(
  files: readonly TextFile[],
  { maxBytes, maxFiles }: { maxBytes: number; maxFiles: number },
): TextFile[][] {
  const batches: TextFile[][] = [];
  let batch: TextFile[] = [];
  let bytes = 0;
  for (const file of files) {
    const full = batch.length >= maxFiles || bytes + file.sizeBytes > maxBytes;
    if (batch.length > 0 && full) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.sizeBytes;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
