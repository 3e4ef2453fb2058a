// The trace as a file, one line an entry.
import { closeSync, openSync, writeSync } from "node:fs";

/** Lines are gathered to about this many characters before they are written. */
const CHUNK = 256 * 1024;

/** Writes lines until it is closed; throws what the file system throws. */
export class TraceFile {
  readonly #descriptor: number;
  #pending: string[] = [];
  #size = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, "w");
  }

  write(line: string): void {
    this.#pending.push(line, "\n");
    this.#size += line.length + 1;
    if (this.#size > CHUNK) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    writeSync(this.#descriptor, this.#pending.join(""));
    this.#pending = [];
    this.#size = 0;
  }
}
