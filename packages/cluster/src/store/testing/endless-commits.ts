// A process for the kill test: commits pairs of records until it dies and prints each number once it is acknowledged.
// Usage: node endless-commits.ts <file>
import { writeSync } from "node:fs";
import { systemClock } from "../../core/clock.ts";
import { SqliteStore } from "../sqlite-store.ts";

const path = process.argv[2] ?? "";
const store = new SqliteStore({ path }, { clock: systemClock });
const value = new Uint8Array(200);
const STREAMS = 8;
let next = 0;

async function commitForever(): Promise<void> {
  for (;;) {
    const number = next++;
    await store.commit([
      { key: `left/${number}`, value },
      { key: `right/${number}`, value },
    ]);
    writeSync(1, `${number}\n`);
  }
}

await Promise.all(Array.from({ length: STREAMS }, commitForever));
