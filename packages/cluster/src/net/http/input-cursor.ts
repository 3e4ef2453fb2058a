// Bytes received and not parsed yet.

const LF = 10;
const CR = 13;
const EMPTY = Buffer.alloc(0);

/** A position in the received bytes; what lies before it is forgotten. */
export class InputCursor {
  bytes: Buffer = EMPTY;
  at = 0;
  /** Up to here the end of a head was searched for in vain, so that no byte is looked at twice. */
  scanned = 0;

  get isEmpty(): boolean {
    return this.at === this.bytes.length;
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  push(chunk: Buffer): void {
    if (this.isEmpty) {
      this.bytes = chunk;
      this.scanned = 0;
    } else {
      this.bytes = Buffer.concat([this.bytes.subarray(this.at), chunk]);
      this.scanned = Math.max(0, this.scanned - this.at);
    }
    this.at = 0;
  }

  /** Lets go of the last chunk: an idle connection holds none. */
  clear(): void {
    this.bytes = EMPTY;
    this.at = 0;
    this.scanned = 0;
  }

  /** The next bytes, at most `count`, sharing the chunk's memory. */
  take(count: number): Buffer {
    const end = Math.min(this.at + count, this.bytes.length);
    const part = this.bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }

  text(start: number, end: number): string {
    return this.bytes.toString("latin1", start, end);
  }

  /** The next line without its CR and LF; undefined if its end is not there. */
  takeLine(): string | undefined {
    const end = this.bytes.indexOf(LF, this.at);
    if (end < 0) {
      return undefined;
    }
    const line = this.text(this.at, end > this.at && this.bytes[end - 1] === CR ? end - 1 : end);
    this.at = end + 1;
    return line;
  }

  /** Empty lines before a request are skipped, as http_parser does. */
  skipLineEnds(): void {
    while (this.bytes[this.at] === LF || this.bytes[this.at] === CR) {
      this.at += 1;
    }
  }

  /** Index after the empty line that ends a head; lines may end in LF alone. Undefined if it is not there. */
  findHeadEnd(): number | undefined {
    const { bytes } = this;
    // Three bytes back: the line end may have been cut between two chunks.
    for (let i = Math.max(this.at, this.scanned - 3); i < bytes.length - 1; i += 1) {
      if (bytes[i] === LF) {
        const following = bytes[i + 1];
        if (following === LF) {
          return i + 2;
        }
        if (following === CR && bytes[i + 2] === LF) {
          return i + 3;
        }
      }
    }
    this.scanned = bytes.length;
    return undefined;
  }
}
