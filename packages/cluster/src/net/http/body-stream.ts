// A request body that is read while it arrives; its writer is told to wait when the reader is slow.
import { MAX_UNREAD_BODY_BYTES } from "./limits.ts";

/** What a part costs beside its bytes: it may be one byte long. */
const PART_OVERHEAD_BYTES = 128;

/** Byte parts of one request body in order; ends when the body does, throws when the client breaks it off. */
export class BodyStream implements AsyncIterable<Buffer> {
  #parts: Buffer[] = [];
  #unreadBytes = 0;
  #ended = false;
  #failure: Error | undefined;
  #abandoned = false;
  #read = false;
  #wakeReader: (() => void) | undefined;
  readonly #onRoom: () => void;

  /** `onRoom` is called each time the reader has made room after `full`. */
  constructor(onRoom: () => void) {
    this.#onRoom = onRoom;
  }

  /** No more should be pushed until `onRoom`. */
  get full(): boolean {
    return this.#unreadBytes >= MAX_UNREAD_BODY_BYTES;
  }

  push(part: Buffer): void {
    if (this.#abandoned) {
      return;
    }
    this.#parts.push(part);
    this.#unreadBytes += part.length + PART_OVERHEAD_BYTES;
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  fail(reason: string): void {
    if (!this.#ended) {
      this.#failure ??= new Error(`Cannot read the request body: ${reason}`);
      this.#wake();
    }
  }

  /** For the connection: the request is answered, so a body that nobody has begun to read passes unread. */
  discardUnlessRead(): void {
    if (!this.#read) {
      this.#abandoned = true;
      this.#take();
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, void> {
    this.#read = true;
    try {
      for (;;) {
        // Looked at and waited for in one go: what is pushed in between would never wake the reader.
        if (this.#parts.length > 0) {
          yield* this.#take();
          continue;
        }
        if (this.#failure !== undefined) {
          throw this.#failure;
        }
        if (this.#ended) {
          return;
        }
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve;
        });
      }
    } finally {
      // Whoever stops reading early lets the rest of the body pass unread.
      this.#abandoned = true;
      this.#take();
    }
  }

  #take(): Buffer[] {
    const wasFull = this.full;
    const parts = this.#parts;
    this.#parts = [];
    this.#unreadBytes = 0;
    if (wasFull) {
      this.#onRoom();
    }
    return parts;
  }

  #wake(): void {
    const wake = this.#wakeReader;
    this.#wakeReader = undefined;
    wake?.();
  }
}
