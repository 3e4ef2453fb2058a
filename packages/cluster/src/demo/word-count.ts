// The first framework of the demonstration: the most frequent words of many files, as map and reduce tasks.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BatchFramework, BatchTask } from "./batch-framework.ts";
import type { WordResult } from "./screen/result-lines.ts";
import type { TextFile } from "./work/text-files.ts";

const work = join(import.meta.dirname, "work");

/** Reduce tasks: enough to see them run side by side. */
const PARTITIONS = 8;

export interface Job {
  batches: readonly TextFile[][];
  /** Where lists of files and results are kept. */
  folder: string;
  /** Called when a part of the work begins. */
  onPhase: (phase: string) => void;
}

/** Writes the list of each batch and returns its file URI. */
export async function writeLists(batches: readonly TextFile[][], folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    batches.map(async (batch, index) => {
      const path = join(folder, `list-${index}.json`);
      await writeFile(path, JSON.stringify(batch.map((file) => file.path)));
      return pathToFileURL(path).href;
    }),
  );
}

/** A task that runs one of the scripts of `work/` with this Node. */
export function scriptTask(id: string, script: string, run: { args: string[]; uris: string[] }): BatchTask {
  return { id, argv: [process.execPath, join(work, script), ...run.args], uris: run.uris };
}

/** Counts the words of all batches. Throws when a task has failed and the result would be wrong. */
export async function countWordsOfBatches(
  framework: BatchFramework,
  { batches, folder, onPhase }: Job,
  limit: number,
): Promise<WordResult> {
  const lists = await writeLists(batches, folder);
  framework.expect(lists.length + PARTITIONS);
  onPhase("map");
  await framework.runBatch(
    lists.map((uri, index) => {
      const args = [`list-${index}.json`, folder, String(index), String(PARTITIONS)];
      return scriptTask(`map-${index}`, "map-task.ts", { args, uris: [uri] });
    }),
  );
  if (framework.failures.length > 0) throw new Error(`Cannot reduce: ${framework.failures[0]}`);
  onPhase("reduce");
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => String(partition));
  await framework.runBatch(
    partitions.map((partition) => {
      const args = [folder, partition, String(lists.length), String(limit)];
      return scriptTask(`reduce-${partition}`, "reduce-task.ts", { args, uris: [] });
    }),
  );
  if (framework.failures.length > 0) throw new Error(`Cannot show the words: ${framework.failures[0]}`);
  onPhase("done");
  return mergePartitions(folder, partitions, limit);
}

async function mergePartitions(folder: string, partitions: string[], limit: number): Promise<WordResult> {
  const parts = await Promise.all(
    partitions.map(
      async (partition) =>
        JSON.parse(await readFile(join(folder, `reduce-${partition}.json`), "utf8")) as WordResult,
    ),
  );
  return {
    total: parts.reduce((sum, part) => sum + part.total, 0),
    different: parts.reduce((sum, part) => sum + part.different, 0),
    words: parts
      .flatMap((part) => [...part.words])
      .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, limit),
  };
}
