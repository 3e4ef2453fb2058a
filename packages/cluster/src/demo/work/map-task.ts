// A map task: counts the words of the files named in its list and writes one file for each reduce task.
// usage: map-task.ts LIST OUTPUT_DIR TASK_NUMBER PARTITIONS
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { countWords, partitionOf, type WordCounts } from "./count-words.ts";

const [list = "", outputDir = "", taskNumber = "", partitionText = ""] = process.argv.slice(2);
const partitions = Number(partitionText);
const counts: WordCounts = new Map();
for (const path of JSON.parse(await readFile(list, "utf8")) as string[]) {
  countWords(await readFile(path, "utf8"), counts);
}
const parts = Array.from({ length: partitions }, (): [string, number][] => []);
for (const entry of counts) parts[partitionOf(entry[0], partitions)]?.push(entry);
for (const [partition, part] of parts.entries()) {
  const target = join(outputDir, `map-${taskNumber}-${partition}.json`);
  await writeFile(`${target}.part`, JSON.stringify(part));
  await rename(`${target}.part`, target);
}
console.log(`${counts.size} different words`);
