// The second framework of the demonstration: checksums of the same files.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BatchFramework } from "./batch-framework.ts";
import type { ChecksumResult } from "./screen/result-lines.ts";
import { scriptTask, writeLists, type Job } from "./word-count.ts";

/** Checksums the files of all batches. Throws when a task has failed. */
export async function checksumBatches(
  framework: BatchFramework,
  { batches, folder, onPhase }: Job,
): Promise<ChecksumResult> {
  const lists = await writeLists(batches, folder);
  onPhase("checksum");
  await framework.runBatch(
    lists.map((uri, index) => {
      const args = [`list-${index}.json`, folder, String(index)];
      return scriptTask(`checksum-${index}`, "checksum-task.ts", { args, uris: [uri] });
    }),
  );
  if (framework.failures.length > 0) throw new Error(`Cannot sum up: ${framework.failures[0]}`);
  onPhase("done");
  const digest = createHash("sha256");
  let files = 0;
  for (const index of lists.keys()) {
    const text = await readFile(join(folder, `checksums-${index}.txt`), "utf8");
    files += text.split("\n").length - 1;
    digest.update(text);
  }
  return { files, digest: digest.digest("hex") };
}
