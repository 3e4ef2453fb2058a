// Draws the result of the demonstration: the most frequent words, the checksums, the time.
import { bar } from "./progress-lines.ts";

export interface WordResult {
  total: number;
  different: number;
  words: readonly [word: string, count: number][];
}

export interface ChecksumResult {
  files: number;
  /** SHA-256 over all lines of all checksums, in order. */
  digest: string;
}

const BAR_CELLS = 40;

/** The most frequent words, one a line with a bar. */
export function wordLines({ total, different, words }: WordResult): string[] {
  const most = words[0]?.[1] ?? 1;
  const widest = Math.max(0, ...words.map(([word]) => word.length));
  const lines = words.map(([word, count]) => {
    const drawn = bar(count / most, BAR_CELLS)
      .replaceAll("·", " ")
      .trimEnd();
    return `  ${word.padEnd(widest)}  ${String(count).padStart(9)}  ${drawn}`;
  });
  const header = `The most frequent of ${total.toLocaleString("en")} words (${different.toLocaleString("en")} different):`;
  return [header, ...lines];
}

/** One line on what was checksummed. */
export function checksumLine({ files, digest }: ChecksumResult): string {
  return `SHA-256 of ${files.toLocaleString("en")} files; of all those lines together: ${digest.slice(0, 16)}…`;
}
