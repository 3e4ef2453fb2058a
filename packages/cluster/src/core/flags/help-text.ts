// `--help`: every flag with its default, in two columns.
import type { Flag, FlagTable } from "./flag.ts";

const GAP = 2;
/** Text wraps here unless the terminal is narrower. */
const WIDTH = 110;
/** A flag longer than this has its text on the next line. */
const LEFT_COLUMN = 38;

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** What the flag does, and what happens without it. */
function describe(flag: Flag): string {
  const parts = [flag.help];
  if (flag.values !== undefined) parts.push(`One of: ${flag.values.join(", ")}.`);
  if (flag.default !== undefined && flag.default !== "") parts.push(`(default: ${flag.default})`);
  if (flag.satisfied !== undefined) parts.push(`Needs nothing: ${flag.satisfied}.`);
  return parts.join(" ");
}

/** The help of a table; flags that are refused are named at the end, in one paragraph. */
export function helpText(table: FlagTable, usage: string): string {
  const lines = [usage, ""];
  const names = Object.keys(table).toSorted();
  for (const name of names) {
    const flag = table[name];
    if (flag === undefined || flag.refused !== undefined) continue;
    const left = flag.type === "bool" ? `  --[no-]${name}` : `  --${name}=VALUE`;
    const right = wrap(describe(flag), WIDTH - LEFT_COLUMN);
    const beside = left.length + GAP <= LEFT_COLUMN ? right.shift() : undefined;
    lines.push(beside === undefined ? left : left.padEnd(LEFT_COLUMN) + beside);
    for (const line of right) lines.push(" ".repeat(LEFT_COLUMN) + line);
  }
  const refused = names.filter((name) => table[name]?.refused !== undefined);
  if (refused.length > 0) {
    lines.push(
      "",
      ...wrap(`Known from Mesos and refused by name until they are built: ${refused.join(", ")}.`, WIDTH),
    );
  }
  return `${lines.join("\n")}\n`;
}
