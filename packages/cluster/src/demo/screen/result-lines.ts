// Draws the result of the demonstration: the most frequent words, the checksums. Pure.
import { filled } from "./bar.ts";
import type { Paint } from "./paint.ts";

export interface WordResult {
  total: number;
  different: number;
  words: readonly [word: string, count: number][];
}

export interface ChecksumResult {
  files: number;
  /** SHA-256, in hexadecimal, over all lines of all checksums, in order. */
  digest: string;
}

/** Longest bar, and what word, count and bar have together within 80 columns. */
const MAX_BAR_CELLS = 40;
const LINE_CELLS = 74;

const number = (value: number): string => value.toLocaleString("en");

/** The most frequent words, one a line with a bar. */
export function wordLines({ total, different, words }: WordResult, paint: Paint): string[] {
  const most = words[0]?.[1] ?? 1;
  const widest = Math.max(0, ...words.map(([word]) => word.length));
  const widestCount = Math.max(0, ...words.map(([, count]) => number(count).length));
  const cells = Math.min(MAX_BAR_CELLS, LINE_CELLS - widest - widestCount);
  const header = `The most frequent of ${number(total)} words (${number(different)} different):`;
  return [
    header,
    ...words.map(([word, count]) => {
      const drawn = paint(filled(count / most, cells), "cyan");
      return `  ${word.padEnd(widest)}  ${number(count).padStart(widestCount)}  ${drawn}`.trimEnd();
    }),
  ];
}

/** What was checksummed. */
export function checksumLines({ files, digest }: ChecksumResult, paint: Paint): string[] {
  const what = files === 1 ? "1 file" : `${number(files)} files`;
  return [`SHA-256 of ${what}; of the list of these checksums:`, `  ${paint(digest, "yellow")}`];
}
