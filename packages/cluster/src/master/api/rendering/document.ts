// A document of text as bytes, gathered in buffers that can be used again.
import type { BufferPool } from "./buffer-pool.ts";

/** Text that is encoded at once: pieces of a few hundred characters are not worth a call. */
const GATHERED_CHARACTERS = 32 * 1024;

/** Bytes in order, and the buffers of the pool that they are in. */
export interface DocumentBytes {
  readonly parts: readonly Uint8Array[];
  readonly buffers: readonly Uint8Array[];
}

/** Append pieces, then `finish`. A short document is one part outside the pool. */
export class Document {
  readonly #pool: BufferPool;
  readonly #encoder = new TextEncoder();
  readonly #parts: Uint8Array[] = [];
  readonly #buffers: Uint8Array[] = [];
  /** What is left of the last buffer. */
  #room: Uint8Array = new Uint8Array();
  #text = "";

  constructor(pool: BufferPool) {
    this.#pool = pool;
  }

  append(text: string): void {
    this.#text += text;
    if (this.#text.length >= GATHERED_CHARACTERS) this.#encode();
  }

  finish(): DocumentBytes {
    if (this.#buffers.length === 0) this.#parts.push(this.#encoder.encode(this.#text));
    else this.#encode();
    this.#endBuffer();
    return { parts: this.#parts, buffers: this.#buffers };
  }

  #encode(): void {
    let text = this.#text;
    this.#text = "";
    for (;;) {
      const { read, written } = this.#encoder.encodeInto(text, this.#room);
      this.#room = this.#room.subarray(written);
      if (read === text.length) return;
      text = text.slice(read);
      this.#endBuffer();
      this.#room = this.#pool.take();
      this.#buffers.push(this.#room);
    }
  }

  #endBuffer(): void {
    const buffer = this.#buffers.at(-1);
    const used = (buffer?.length ?? 0) - this.#room.length;
    if (buffer !== undefined && used > 0) this.#parts.push(buffer.subarray(0, used));
  }
}
