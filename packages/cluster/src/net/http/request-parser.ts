// Incremental HTTP/1.x request parser: fed with chunks, asked for requests, bounded, free of sockets.
import { BodyReader } from "./body-reader.ts";
import { BodyStream } from "./body-stream.ts";
import { decompressBody } from "./decompress-body.ts";
import { HttpRequest } from "./http-request.ts";
import { InputCursor } from "./input-cursor.ts";
import { MAX_BODY_BYTES, MAX_HEAD_BYTES } from "./limits.ts";
import { mayStartRequest, parseRequestHead, parseRequestLine, type RequestHead } from "./request-head.ts";

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

const EMPTY = Buffer.alloc(0);
const LF = 10;
const CR = 13;

/** More than the longest method and the space after it. */
const PREFIX_BYTES = 16;

/** Accepts and refuses what libprocess' parser does (http_parser 2.6 strict, decoder.hpp). */
export class RequestParser {
  readonly #options: RequestParserOptions;
  readonly #maxBodyBytes: number;
  readonly #input = new InputCursor();
  readonly #body: BodyReader;
  #fault: ParserFault | undefined;
  /** The last head and its bytes: libprocess peers and pollers repeat theirs unchanged. */
  #head: RequestHead | undefined;
  #headBytes: Buffer = EMPTY;
  /** The request whose body is being read. */
  #begun: RequestHead | undefined;
  #continueDue = false;

  constructor(options: RequestParserOptions) {
    this.#options = options;
    this.#maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES;
    this.#body = new BodyReader(this.#maxBodyBytes);
  }

  get fault(): ParserFault | undefined {
    return this.#fault;
  }

  /** A request was begun and is not complete. */
  get isPartial(): boolean {
    return this.#begun !== undefined || !this.#input.isEmpty;
  }

  /** What the peer still owes of the begun request, for choosing its deadline. */
  get awaits(): "head" | "body" | "streamed body" {
    return this.#begun === undefined ? "head" : this.#body.stream === undefined ? "body" : "streamed body";
  }

  /** A streamed body waits for its reader: push no more until `onRoom`. */
  get isBlocked(): boolean {
    return this.#body.stream?.full === true;
  }

  /** Whether the client waits for `100 Continue`, none of the announced body having come; true once a request. */
  takeContinue(): boolean {
    const due =
      this.#continueDue && this.#begun !== undefined && this.#input.isEmpty && this.#body.isUntouched;
    this.#continueDue &&= !due;
    return due;
  }

  /** Bytes held: input not parsed yet and parts of an unfinished body. */
  get heldBytes(): number {
    return this.#input.remaining + this.#body.heldBytes;
  }

  push(chunk: Buffer): void {
    if (this.#fault === undefined) {
      this.#input.push(chunk);
    }
  }

  /** The peer will send no more: a streamed body that is not complete fails. */
  finish(reason: string): void {
    this.#body.abandon(reason);
    this.#input.clear();
  }

  /** The next request, in order; undefined while input is missing, a streamed body is full, or after a fault. */
  next(): HttpRequest | undefined {
    while (this.#fault === undefined) {
      if (this.#input.isEmpty) {
        this.#input.clear();
        return undefined;
      }
      if (this.#begun === undefined) {
        const head = this.#readHead();
        if (head === undefined) {
          return undefined;
        }
        const request = this.#begin(head);
        if (request !== undefined) {
          return request;
        }
        continue;
      }
      const progress = this.#body.read(this.#input);
      if (progress.kind === "incomplete") {
        return undefined;
      }
      if (progress.kind !== "complete") {
        this.#fail(progress);
        return undefined;
      }
      const request = this.#completed(this.#begun);
      if (request !== undefined) {
        return request;
      }
    }
    return undefined;
  }

  /** A request without a body, or one whose body streams; undefined when the body is to be gathered first. */
  #begin(head: RequestHead): HttpRequest | undefined {
    const { remote } = this.#options;
    if (head.framing === 0) {
      return new HttpRequest(head, { body: EMPTY, remote });
    }
    const streams = this.#options.streamsBody?.(head) ?? false;
    if (!streams && head.framing !== "chunked" && head.framing > this.#maxBodyBytes) {
      this.#fail({ kind: "too-large" });
      return undefined;
    }
    const bodyStream = streams ? new BodyStream(this.#options.onRoom ?? (() => {})) : undefined;
    this.#begun = head;
    this.#continueDue = head.expectsContinue;
    this.#body.begin(head.framing, bodyStream);
    return bodyStream === undefined ? undefined : new HttpRequest(head, { body: EMPTY, bodyStream, remote });
  }

  /** The request whose body has just ended; undefined if it was streamed, and so handed out before. */
  #completed(head: RequestHead): HttpRequest | undefined {
    this.#begun = undefined;
    const raw = this.#body.take();
    if (this.#body.streamed) {
      return undefined;
    }
    const encoding = head.headers.get("content-encoding");
    const body = decompressBody(raw, { encoding, maxBytes: this.#maxBodyBytes });
    if (body === undefined) {
      this.#fail({ kind: "malformed", reason: "body is not valid gzip" });
      return undefined;
    }
    return new HttpRequest(head, { body, remote: this.#options.remote });
  }

  #fail(fault: ParserFault): void {
    this.#fault = fault;
    this.#begun = undefined;
    this.finish(fault.kind === "malformed" ? fault.reason : "too large");
  }

  #readHead(): RequestHead | undefined {
    const input = this.#input;
    input.skipLineEnds();
    if (this.#repeatsHead()) {
      input.at += this.#headBytes.length;
      return this.#head;
    }
    const start = input.at;
    const end = input.findHeadEnd();
    if ((end ?? input.bytes.length) - start > MAX_HEAD_BYTES) {
      this.#fail({ kind: "malformed", reason: "head too long" });
      return undefined;
    }
    if (end === undefined) {
      this.#checkPartialHead();
      return undefined;
    }
    // The line end of the empty line is cut off, with or without its CR.
    const head = parseRequestHead(input.text(start, input.bytes[end - 2] === CR ? end - 2 : end - 1));
    if (typeof head === "string") {
      this.#fail({ kind: "malformed", reason: head });
      return undefined;
    }
    this.#head = head;
    this.#headBytes = Buffer.from(input.bytes.subarray(start, end));
    input.at = end;
    return head;
  }

  #repeatsHead(): boolean {
    const { at, bytes, remaining } = this.#input;
    const { length } = this.#headBytes;
    return (
      length > 0 && remaining >= length && bytes.compare(this.#headBytes, 0, length, at, at + length) === 0
    );
  }

  /** Refuses garbage as soon as it shows, since its sender may never send an empty line. */
  #checkPartialHead(): void {
    const { at, bytes, isEmpty } = this.#input;
    if (isEmpty) {
      return;
    }
    const lineEnd = bytes.indexOf(LF, at);
    if (lineEnd >= 0) {
      const line = parseRequestLine(this.#input.text(at, lineEnd));
      if (typeof line === "string") {
        this.#fail({ kind: "malformed", reason: line });
      }
    } else if (!mayStartRequest(this.#input.text(at, Math.min(bytes.length, at + PREFIX_BYTES)))) {
      this.#fail({ kind: "malformed", reason: "unknown method" });
    }
  }
}
