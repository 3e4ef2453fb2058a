// A checksum task: writes the SHA-256 of every file named in its list, in the format of sha256sum.
// usage: checksum-task.ts LIST OUTPUT_DIR TASK_NUMBER
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const [list = "", outputDir = "", taskNumber = ""] = process.argv.slice(2);
const lines: string[] = [];
for (const path of JSON.parse(await readFile(list, "utf8")) as string[]) {
  const digest = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  lines.push(`${digest}  ${path}\n`);
}
const target = join(outputDir, `checksums-${taskNumber}.txt`);
await writeFile(`${target}.part`, lines.join(""));
await rename(`${target}.part`, target);
