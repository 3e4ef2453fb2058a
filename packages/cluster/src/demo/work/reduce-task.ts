// A reduce task: adds up one partition of what the map tasks counted and writes its most frequent words.
// usage: reduce-task.ts OUTPUT_DIR PARTITION MAP_TASKS LIMIT
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mostFrequent, type WordCounts } from "./count-words.ts";

const [outputDir = "", partition = "", mapTasks = "", limit = ""] = process.argv.slice(2);
const counts: WordCounts = new Map();
for (let task = 0; task < Number(mapTasks); task++) {
  const part = await readFile(join(outputDir, `map-${task}-${partition}.json`), "utf8");
  for (const [word, count] of JSON.parse(part) as [string, number][]) {
    counts.set(word, (counts.get(word) ?? 0) + count);
  }
}
let total = 0;
for (const count of counts.values()) total += count;
const target = join(outputDir, `reduce-${partition}.json`);
const result = { total, different: counts.size, words: mostFrequent(counts, Number(limit)) };
await writeFile(`${target}.part`, JSON.stringify(result));
await rename(`${target}.part`, target);
