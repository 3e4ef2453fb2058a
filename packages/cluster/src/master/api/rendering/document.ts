// A document of text as bytes, gathered in buffers that can be used again.
import { BUFFER_BYTES, type BufferPool } from "./buffer-pool.ts";

/** Text that is encoded at once: pieces of a few hundred characters are not worth a call. */
const GATHERED_CHARACTERS = 32 * 1024;

/** Append pieces, then `finish`. A short document is one buffer of its own, outside the pool. */
export class Document {
  readonly #pool: BufferPool;
  readonly #encoder = new TextEncoder();
  readonly #full: Uint8Array[] = [];
  #current: Uint8Array | undefined;
  #used = 0;
  #text = "";

  constructor(pool: BufferPool) {
    this.#pool = pool;
  }

  append(text: string): void {
    this.#text += text;
    if (this.#text.length >= GATHERED_CHARACTERS) this.#encode();
  }

  /** The bytes in order, and the buffers of the pool that they are in. */
  finish(): { parts: Uint8Array[]; buffers: readonly Uint8Array[] } {
    if (this.#current === undefined) return { parts: [this.#encoder.encode(this.#text)], buffers: [] };
    this.#encode();
    const buffers = [...this.#full, this.#current];
    return { parts: [...this.#full, this.#current.subarray(0, this.#used)], buffers };
  }

  #encode(): void {
    let text = this.#text;
    this.#text = "";
    while (text !== "") {
      this.#current ??= this.#pool.take();
      const { read, written } = this.#encoder.encodeInto(text, this.#current.subarray(this.#used));
      this.#used += written;
      text = text.slice(read);
      if (text === "") return;
      this.#full.push(this.#cut(this.#current));
      this.#current = undefined;
      this.#used = 0;
    }
  }
}
