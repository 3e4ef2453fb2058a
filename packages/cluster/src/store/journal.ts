// A commit that is too large for one transaction: written down in parts, then done part by part. Whoever loads the
// registry finishes what was begun, or drops what was not written down to its end.
//
//   .journal           how many parts there are: while this record exists, all of them are to be done
//   .journal/000000    changes of one transaction
import type { Changes } from "./fenced-records.ts";

const HEAD = ".journal";
const PART_DIGITS = 6;

/** A key and its value in base64; null removes. */
type Line = [key: string, value: string | null];

export const journalHead = HEAD;

export function journalPart(index: number): string {
  return `${HEAD}/${String(index).padStart(PART_DIGITS, "0")}`;
}

export function isJournal(key: string): boolean {
  return key === HEAD || key.startsWith(`${HEAD}/`);
}

/** Room in a part beside a key and its value: quotes, brackets, escapes. */
const LINE_BYTES = 16;

/** What a change takes in a part. */
function sizeOfLine(key: string, value: Uint8Array | undefined): number {
  const bytesOfKey = Buffer.byteLength(JSON.stringify(key));
  return bytesOfKey + Math.ceil((value?.byteLength ?? 0) / 3) * 4 + LINE_BYTES;
}

/** The changes in parts, each of which fits into one transaction. */
export function splitChanges(changes: Changes, limits: { changes: number; bytes: number }): Changes[] {
  const parts: Map<string, Uint8Array | undefined>[] = [];
  let sizeBytes = 0;
  for (const [key, value] of changes) {
    const lineBytes = sizeOfLine(key, value);
    const last = parts.at(-1);
    if (last === undefined || last.size >= limits.changes || sizeBytes + lineBytes > limits.bytes) {
      parts.push(new Map([[key, value]]));
      sizeBytes = lineBytes;
    } else {
      last.set(key, value);
      sizeBytes += lineBytes;
    }
  }
  return parts;
}

export function encodePart(changes: Changes): Uint8Array {
  const lines = [...changes].map(([key, value]): Line => [
    key,
    value === undefined ? null : Buffer.from(value).toString("base64"),
  ]);
  return Buffer.from(JSON.stringify(lines));
}

export function decodePart(bytes: Uint8Array): Changes {
  const lines = JSON.parse(Buffer.from(bytes).toString("utf8")) as Line[];
  return new Map(
    lines.map(([key, value]) => [key, value === null ? undefined : Buffer.from(value, "base64")]),
  );
}
