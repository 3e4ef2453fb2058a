// Bytes for one socket, gathered over a turn of the event loop and written at once.
import type { Socket } from "node:net";

/** Shorter bytes are cheaper to copy into the text than to write as a buffer of their own. */
const COPIED_BYTES = 4 * 1024;

/** Text of one byte a character and byte parts, in order. Node writes Latin-1 text without an intermediate buffer. */
export class OutputBatch {
  #text = "";
  #parts: (string | Uint8Array)[] = [];
  #partBytes = 0;

  /** Bytes gathered and not yet written. */
  get byteLength(): number {
    return this.#partBytes + this.#text.length;
  }

  /** Appends ASCII or Latin-1 text. */
  appendLatin1(text: string): void {
    this.#text += text;
  }

  appendBytes(bytes: Uint8Array): void {
    if (bytes.length < COPIED_BYTES) {
      this.#text += toBuffer(bytes).toString("latin1");
      return;
    }
    if (this.#text !== "") {
      this.#parts.push(this.#text);
      this.#partBytes += this.#text.length;
      this.#text = "";
    }
    this.#parts.push(bytes);
    this.#partBytes += bytes.length;
  }

  /** Hands everything to the socket. */
  flushTo(socket: Socket): void {
    if (this.#parts.length === 0) {
      if (this.#text !== "") {
        const text = this.#text;
        this.#text = "";
        socket.write(text, "latin1");
      }
      return;
    }
    socket.cork();
    for (const part of this.#parts) {
      if (typeof part === "string") {
        socket.write(part, "latin1");
      } else {
        socket.write(part);
      }
    }
    if (this.#text !== "") {
      socket.write(this.#text, "latin1");
    }
    this.clear();
    socket.uncork();
  }

  clear(): void {
    this.#text = "";
    this.#parts = [];
    this.#partBytes = 0;
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
