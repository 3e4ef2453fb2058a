// Incremental HTTP/1.x request parser: fed with chunks, asked for requests, bounded, free of sockets.
import { BodyStream } from "./body-stream.ts";
import { decompressBody } from "./decompress-body.ts";
import { parseChunkSize } from "./chunk-lines.ts";
import { HttpRequest } from "./http-request.ts";
import { MAX_BODY_BYTES, MAX_CHUNK_LINE_BYTES, MAX_HEAD_BYTES, MAX_TRAILER_BYTES } from "./limits.ts";
import {
  exceedsBodyLimit,
  mayStartRequest,
  parseRequestHead,
  parseRequestLine,
  type RequestHead,
} from "./request-head.ts";

/** Why no further request comes: garbage (the connection is closed without a word) or a body above the limit. */
export type ParserFault =
  | { readonly kind: "malformed"; readonly reason: string }
  | { readonly kind: "too-large" };

export interface RequestParserOptions {
  /** The peer as `ip:port`, copied into requests. */
  readonly remote: string;
  readonly maxBodyBytes?: number;
  /** Whether the route of this head reads its body as it arrives. */
  readonly streamsBody?: (head: RequestHead) => boolean;
  /** A streamed body that was full has room again: ask for `next()`. */
  readonly onRoom?: () => void;
}

/**
 * What is expected next.
 *
 *     head -> (sized | chunk-size -> chunk-data -> chunk-end -> chunk-size ... -> trailer) -> head
 */
type State = "head" | "sized" | "chunk-size" | "chunk-data" | "chunk-end" | "trailer";

const EMPTY = Buffer.alloc(0);
/** Parts of a body that are merged into one: an object costs about a hundred bytes, a part may be one. */
const MERGED_PARTS = 1024;
const LF = 10;
const CR = 13;

/** Accepts and refuses what libprocess' parser does (http_parser 2.6 strict, decoder.hpp). */
export class RequestParser {
  readonly #options: RequestParserOptions;
  readonly #maxBodyBytes: number;
  #input: Buffer = EMPTY;
  #at = 0;
  /** Where the search for the end of the head goes on, so that no byte is looked at twice. */
  #scanned = 0;
  #state: State = "head";
  #fault: ParserFault | undefined;
  /** The last head and its bytes: libprocess peers and pollers repeat theirs unchanged. */
  #head: RequestHead | undefined;
  #headBytes: Buffer = EMPTY;
  #remaining = 0;
  /** Parts of the body; those not merged yet are in `#recent`, so that tiny chunks do not cost an object each. */
  #parts: Buffer[] = [];
  #recent: Buffer[] = [];
  #bodyBytes = 0;
  #trailerBytes = 0;
  #stream: BodyStream | undefined;

  constructor(options: RequestParserOptions) {
    this.#options = options;
    this.#maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES;
  }

  get fault(): ParserFault | undefined {
    return this.#fault;
  }

  /** A request was begun and is not complete. */
  get isPartial(): boolean {
    return this.#state !== "head" || this.#at < this.#input.length;
  }

  /** What the peer still owes of the begun request, for choosing its deadline. */
  get awaits(): "head" | "body" | "streamed body" {
    return this.#state === "head" ? "head" : this.#stream === undefined ? "body" : "streamed body";
  }

  /** A streamed body waits for its reader: push no more until `onRoom`. */
  get isBlocked(): boolean {
    return this.#stream?.full === true;
  }

  /** The client waits for `100 Continue`: none of the announced body has come. */
  get awaitsContinue(): boolean {
    return (
      this.#state !== "head" &&
      this.#head?.expectsContinue === true &&
      this.#bodyBytes === 0 &&
      this.#at === this.#input.length
    );
  }

  /** Bytes held: input not parsed yet and parts of an unfinished body. */
  get heldBytes(): number {
    return this.#input.length - this.#at + this.#bodyBytes;
  }

  push(chunk: Buffer): void {
    if (this.#fault !== undefined) {
      return;
    }
    if (this.#at === this.#input.length) {
      this.#input = chunk;
      this.#scanned = 0;
    } else {
      this.#input = Buffer.concat([this.#input.subarray(this.#at), chunk]);
      this.#scanned -= this.#at;
    }
    this.#at = 0;
  }

  /** The peer will send no more: a streamed body that is not complete fails. */
  finish(reason: string): void {
    this.#stream?.fail(reason);
    this.#stream = undefined;
    this.#input = EMPTY;
    this.#at = 0;
  }

  /** The next request, in order; undefined while input is missing, a streamed body is full, or after a fault. */
  next(): HttpRequest | undefined {
    while (this.#fault === undefined) {
      if (this.#at === this.#input.length) {
        // An idle connection holds no chunk.
        this.#input = EMPTY;
        this.#at = 0;
        this.#scanned = 0;
        return undefined;
      }
      if (this.#state === "head") {
        const head = this.#readHead();
        if (head === undefined) {
          return undefined;
        }
        const request = this.#begin(head);
        if (request !== undefined) {
          return request;
        }
      } else {
        if (this.isBlocked || !this.#readBody()) {
          return undefined;
        }
        const request = this.#completed();
        if (request !== undefined) {
          return request;
        }
      }
    }
    return undefined;
  }

  /** A request without a body, or one whose body streams; undefined when the body is to be gathered first. */
  #begin(head: RequestHead): HttpRequest | undefined {
    if (head.framing === 0) {
      return new HttpRequest(head, { body: EMPTY, remote: this.#options.remote });
    }
    const streams = this.#options.streamsBody?.(head) ?? false;
    if (!streams && exceedsBodyLimit(head.framing, this.#maxBodyBytes)) {
      this.#fault = { kind: "too-large" };
      return undefined;
    }
    this.#bodyBytes = 0;
    this.#trailerBytes = 0;
    if (head.framing === "chunked") {
      this.#state = "chunk-size";
    } else {
      this.#state = "sized";
      this.#remaining = head.framing;
    }
    if (!streams) {
      return undefined;
    }
    this.#stream = new BodyStream(this.#options.onRoom ?? (() => {}));
    return new HttpRequest(head, { body: EMPTY, bodyStream: this.#stream, remote: this.#options.remote });
  }

  /** The request whose body has just ended, unless it was streamed. */
  #completed(): HttpRequest | undefined {
    const head = this.#head;
    if (this.#state !== "head") {
      return undefined;
    }
    if (this.#stream !== undefined) {
      this.#stream.end();
      this.#stream = undefined;
      return undefined;
    }
    const raw = this.#takeBody();
    if (head === undefined) {
      return undefined;
    }
    const body = decompressBody(raw, {
      encoding: head.headers.get("content-encoding"),
      maxBytes: this.#maxBodyBytes,
    });
    if (body === undefined) {
      return this.#malformed("body is not valid gzip");
    }
    return new HttpRequest(head, { body, remote: this.#options.remote });
  }

  #malformed(reason: string): undefined {
    this.#fault = { kind: "malformed", reason };
    this.finish(reason);
    this.#takeBody();
    return undefined;
  }

  #takeBody(): Buffer {
    const parts = this.#parts.length === 0 ? this.#recent : [...this.#parts, ...this.#recent];
    const only = parts.length === 1 ? parts[0] : undefined;
    const body = only ?? (parts.length === 0 ? EMPTY : Buffer.concat(parts));
    this.#parts = [];
    this.#recent = [];
    this.#bodyBytes = 0;
    return body;
  }

  #readHead(): RequestHead | undefined {
    const input = this.#input;
    while (input[this.#at] === LF || input[this.#at] === CR) {
      this.#at += 1;
    }
    const start = this.#at;
    const known = this.#headBytes.length;
    if (known > 0 && input.length - start >= known && this.#repeatsHead(start + known)) {
      this.#at = start + known;
      this.#scanned = this.#at;
      return this.#head;
    }
    const end = this.#findHeadEnd();
    if (end === undefined) {
      return this.#checkPartialHead();
    }
    if (end - start > MAX_HEAD_BYTES) {
      return this.#malformed("head too long");
    }
    // Both line ends of the empty line are cut off, with or without their CR.
    const head = parseRequestHead(input.toString("latin1", start, input[end - 2] === CR ? end - 2 : end - 1));
    if (typeof head === "string") {
      return this.#malformed(head);
    }
    this.#head = head;
    this.#headBytes = Buffer.from(input.subarray(start, end));
    this.#at = end;
    this.#scanned = end;
    return head;
  }

  #repeatsHead(end: number): boolean {
    return this.#input.compare(this.#headBytes, 0, this.#headBytes.length, this.#at, end) === 0;
  }

  /** Index after the empty line that ends the head, if it is there. */
  #findHeadEnd(): number | undefined {
    const input = this.#input;
    // Three bytes back: the line end may have been cut between two chunks.
    for (let i = Math.max(this.#at, this.#scanned - 3); i < input.length - 1; i += 1) {
      if (input[i] === LF) {
        const following = input[i + 1];
        if (following === LF) {
          return i + 2;
        }
        if (following === CR && input[i + 2] === LF) {
          return i + 3;
        }
      }
    }
    this.#scanned = input.length;
    return undefined;
  }

  /** Refuses garbage as soon as it shows, since its sender may never send an empty line. */
  #checkPartialHead(): undefined {
    const { length } = this.#input;
    if (length === this.#at) {
      return undefined;
    }
    if (length - this.#at > MAX_HEAD_BYTES) {
      return this.#malformed("head too long");
    }
    const lineEnd = this.#input.indexOf(LF, this.#at);
    if (lineEnd >= 0) {
      const line = parseRequestLine(this.#input.toString("latin1", this.#at, lineEnd));
      return typeof line === "string" ? this.#malformed(line) : undefined;
    }
    const prefix = this.#input.toString("latin1", this.#at, Math.min(length, this.#at + 16));
    return mayStartRequest(prefix) ? undefined : this.#malformed("unknown method");
  }

  /** One step into the body; false when input is missing. The state is `head` again when it is complete. */
  #readBody(): boolean {
    switch (this.#state) {
      case "sized":
        return this.#readBytes("head");
      case "chunk-data":
        return this.#readBytes("chunk-end");
      case "chunk-size":
        return this.#readChunkSize();
      case "chunk-end":
        return this.#readChunkEnd();
      case "trailer":
        return this.#readTrailer();
      default:
        return true;
    }
  }

  #readBytes(after: State): boolean {
    const available = Math.min(this.#remaining, this.#input.length - this.#at);
    if (available > 0) {
      const part = this.#input.subarray(this.#at, this.#at + available);
      this.#at += available;
      this.#remaining -= available;
      if (this.#stream === undefined) {
        this.#recent.push(part);
        this.#bodyBytes += available;
        if (this.#recent.length === MERGED_PARTS) {
          this.#parts.push(Buffer.concat(this.#recent));
          this.#recent = [];
        }
      } else {
        this.#stream.push(part);
      }
    }
    if (this.#remaining > 0) {
      return false;
    }
    this.#state = after;
    return true;
  }

  #readChunkSize(): boolean {
    const line = this.#readLine();
    if (line === undefined) {
      return false;
    }
    const size = parseChunkSize(line);
    if (size === undefined) {
      this.#malformed("invalid chunk size");
      return false;
    }
    if (this.#stream === undefined && this.#bodyBytes + size > this.#maxBodyBytes) {
      this.#fault = { kind: "too-large" };
      this.#takeBody();
      return false;
    }
    this.#remaining = size;
    this.#state = size === 0 ? "trailer" : "chunk-data";
    return true;
  }

  #readChunkEnd(): boolean {
    const line = this.#readLine();
    if (line === undefined) {
      return false;
    }
    if (line !== "") {
      this.#malformed("chunk longer than its size");
      return false;
    }
    this.#state = "chunk-size";
    return true;
  }

  #readTrailer(): boolean {
    const line = this.#readLine();
    if (line === undefined) {
      return false;
    }
    this.#trailerBytes += line.length;
    if (this.#trailerBytes > MAX_TRAILER_BYTES) {
      this.#malformed("trailers too long");
      return false;
    }
    if (line === "") {
      this.#state = "head";
    }
    return true;
  }

  /** A line without its end; undefined while it is incomplete, or malformed because too long. */
  #readLine(): string | undefined {
    const input = this.#input;
    const end = input.indexOf(LF, this.#at);
    if (end < 0 ? input.length - this.#at > MAX_CHUNK_LINE_BYTES : end - this.#at > MAX_CHUNK_LINE_BYTES) {
      return this.#malformed("line too long in a chunked body");
    }
    if (end < 0) {
      return undefined;
    }
    const line = input.toString("latin1", this.#at, end > this.#at && input[end - 1] === CR ? end - 1 : end);
    this.#at = end + 1;
    return line;
  }
}
