// Bodies of requests, by their length or in chunks, gathered or passed on to a stream.
import type { BodyStream } from "./body-stream.ts";
import { parseChunkSize } from "./chunk-lines.ts";
import type { InputCursor } from "./input-cursor.ts";
import { MAX_CHUNK_LINE_BYTES, MAX_TRAILER_BYTES } from "./limits.ts";
import type { BodyFraming } from "./request-head.ts";

/** How far a body has come: complete, short of input, or beyond the rules. */
export type BodyProgress =
  | { readonly kind: "complete" }
  | { readonly kind: "incomplete" }
  | { readonly kind: "malformed"; readonly reason: string }
  | { readonly kind: "too-large" };

/**
 * What is expected next.
 *
 *     sized -> done        chunk-size -> chunk-data -> chunk-end -> chunk-size ... -> trailer -> done
 */
type State = "sized" | "chunk-size" | "chunk-data" | "chunk-end" | "trailer" | "done";

const COMPLETE: BodyProgress = { kind: "complete" };
const INCOMPLETE: BodyProgress = { kind: "incomplete" };
const EMPTY = Buffer.alloc(0);

/** Parts of a body that are merged into one: an object costs about a hundred bytes, a part may be one. */
const MERGED_PARTS = 1024;

/** Reads one body after the other. Trailers are read and ignored, as libprocess ignores them. */
export class BodyReader {
  readonly #maxBodyBytes: number;
  #state: State = "done";
  #stream: BodyStream | undefined;
  #streamed = false;
  #untouched = true;
  #remaining = 0;
  /** Parts of the body; the latest are in `#recent`, not merged yet. */
  #parts: Buffer[] = [];
  #recent: Buffer[] = [];
  #bytes = 0;
  #trailerBytes = 0;

  constructor(maxBodyBytes: number) {
    this.#maxBodyBytes = maxBodyBytes;
  }

  /** Bytes gathered of the present body. */
  get heldBytes(): number {
    return this.#bytes;
  }

  get stream(): BodyStream | undefined {
    return this.#stream;
  }

  /** Nothing of the begun body has been read. */
  get isUntouched(): boolean {
    return this.#untouched;
  }

  /** The body read last went to a stream. */
  get streamed(): boolean {
    return this.#streamed;
  }

  /** Begins a body, which goes to `stream` if there is one. */
  begin(framing: BodyFraming, stream: BodyStream | undefined): void {
    this.#stream = stream;
    this.#streamed = stream !== undefined;
    this.#untouched = true;
    this.#bytes = 0;
    this.#trailerBytes = 0;
    this.#state = framing === "chunked" ? "chunk-size" : "sized";
    this.#remaining = framing === "chunked" ? 0 : framing;
  }

  /** Reads on as far as input and stream allow. */
  read(input: InputCursor): BodyProgress {
    this.#untouched = false;
    for (;;) {
      // The end is told even to a full stream: no input may follow that would ask again.
      if (this.#stream?.full === true && this.#state !== "done") {
        return INCOMPLETE;
      }
      const progress = this.#step(input);
      if (progress !== undefined) {
        return progress;
      }
    }
  }

  /** The gathered body of a request that is complete. */
  take(): Buffer {
    const parts = this.#parts.length === 0 ? this.#recent : [...this.#parts, ...this.#recent];
    const only = parts.length === 1 ? parts[0] : undefined;
    const body = only ?? (parts.length === 0 ? EMPTY : Buffer.concat(parts));
    this.#parts = [];
    this.#recent = [];
    this.#bytes = 0;
    return body;
  }

  /** The body will not be completed: a stream fails with the reason, gathered parts are let go. */
  abandon(reason: string): void {
    this.#stream?.fail(reason);
    this.#stream = undefined;
    this.take();
  }

  /** One step; undefined when there may be another. */
  #step(input: InputCursor): BodyProgress | undefined {
    switch (this.#state) {
      case "sized":
        return this.#readBytes(input, "done");
      case "chunk-data":
        return this.#readBytes(input, "chunk-end");
      case "done":
        this.#stream?.end();
        this.#stream = undefined;
        return COMPLETE;
      default:
        return this.#readLine(input);
    }
  }

  #readBytes(input: InputCursor, after: State): BodyProgress | undefined {
    const part = input.take(this.#remaining);
    if (part.length > 0) {
      this.#remaining -= part.length;
      this.#keep(part);
    }
    if (this.#remaining > 0) {
      return INCOMPLETE;
    }
    this.#state = after;
    return undefined;
  }

  #keep(part: Buffer): void {
    if (this.#stream !== undefined) {
      this.#stream.push(part);
      return;
    }
    this.#recent.push(part);
    this.#bytes += part.length;
    if (this.#recent.length === MERGED_PARTS) {
      this.#parts.push(Buffer.concat(this.#recent));
      this.#recent = [];
    }
  }

  /** The lines between chunks. */
  #readLine(input: InputCursor): BodyProgress | undefined {
    const before = input.remaining;
    const line = input.takeLine();
    if ((line?.length ?? before) > MAX_CHUNK_LINE_BYTES) {
      return { kind: "malformed", reason: "line too long in a chunked body" };
    }
    if (line === undefined) {
      return INCOMPLETE;
    }
    if (this.#state === "chunk-size") {
      return this.#beginChunk(line);
    }
    if (this.#state === "chunk-end") {
      this.#state = "chunk-size";
      return line === "" ? undefined : { kind: "malformed", reason: "chunk longer than its size" };
    }
    this.#trailerBytes += line.length;
    if (line === "") {
      this.#state = "done";
    }
    return this.#trailerBytes > MAX_TRAILER_BYTES
      ? { kind: "malformed", reason: "trailers too long" }
      : undefined;
  }

  #beginChunk(line: string): BodyProgress | undefined {
    const size = parseChunkSize(line);
    if (size === undefined) {
      return { kind: "malformed", reason: "invalid chunk size" };
    }
    if (this.#stream === undefined && this.#bytes + size > this.#maxBodyBytes) {
      return { kind: "too-large" };
    }
    this.#remaining = size;
    this.#state = size === 0 ? "trailer" : "chunk-data";
    return undefined;
  }
}
