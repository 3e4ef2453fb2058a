// Writes the responses of one connection, one after the other: short ones at once, long ones at the client's pace.
import type { Socket } from "node:net";
import type { FlushQueue } from "../flush-queue.ts";
import { OutputBatch } from "../output-batch.ts";
import { ByteParts } from "./byte-parts.ts";
import { compressBody, compressParts, shouldCompress } from "./compress-body.ts";
import type { HttpResponse } from "./http-response.ts";
import { BODY_SLICE_BYTES, MAX_UNREAD_ANSWER_BYTES } from "./limits.ts";
import { append, RecordStream, type StreamSink } from "./record-stream.ts";
import type { RequestHead } from "./request-head.ts";
import type { ResponseEncoder, ResponseFraming } from "./response-encoder.ts";
import { ACCEPTED } from "./responses.ts";

export interface ResponseWriterOptions {
  readonly socket: Socket;
  readonly encoder: ResponseEncoder;
  readonly flushQueue: FlushQueue;
  /** A response that was not finished when `write` returned is finished now. */
  readonly onIdle: () => void;
  /** Not everything could be written: the client has to read first. */
  readonly onUnread: () => void;
  /** A body could not be produced; the connection is broken off, since its head is out. */
  readonly onBroken: (error: unknown) => void;
}

const NO_BYTES = new Uint8Array();

/** One response at a time: `write` only while `idle`. */
export class ResponseWriter implements StreamSink {
  readonly #options: ResponseWriterOptions;
  readonly #socket: Socket;
  readonly #batch = new OutputBatch();
  #scheduled = false;
  #idle = true;
  #destroyed = false;
  #endsByClosing = false;
  #stream: RecordStream | undefined;
  #wakeBody: (() => void) | undefined;

  constructor(options: ResponseWriterOptions) {
    this.#options = options;
    this.#socket = options.socket;
  }

  get idle(): boolean {
    return this.#idle;
  }

  /** The end of the response just written shows only in the closing of the connection. */
  get endsByClosing(): boolean {
    return this.#endsByClosing;
  }

  get streaming(): boolean {
    return this.#stream !== undefined;
  }

  /** Bytes that the client has not taken yet. */
  get queuedBytes(): number {
    return this.#batch.byteLength + this.#socket.writableLength;
  }

  /** Writes a response or begins to; `idle` tells which, and `onIdle` follows in the second case. */
  write(head: RequestHead | undefined, response: HttpResponse): void {
    if (this.#destroyed) {
      discardBody(response);
      return;
    }
    if (response === ACCEPTED) {
      this.appendLatin1(this.#options.encoder.accepted());
      return;
    }
    const { body } = response;
    if (head?.method === "HEAD") {
      this.#writeHeadOnly(response);
    } else if (body === undefined) {
      this.appendLatin1(this.#options.encoder.encodeHead(response, 0));
    } else if (typeof body === "string" || body instanceof Uint8Array) {
      this.#writeWhole(head, response, body);
    } else if (body instanceof RecordStream) {
      this.#idle = false;
      this.appendLatin1(this.#options.encoder.encodeHead(response, "chunked"));
      this.#stream = body;
      body.attach(this);
    } else if (body instanceof ByteParts) {
      this.#writeByteParts(head, response, body);
    } else {
      this.#finishLater(this.#writeParts(head, response, body));
    }
  }

  appendLatin1(text: string): void {
    this.#batch.appendLatin1(text);
    this.#schedule();
  }

  appendBytes(bytes: Uint8Array): void {
    this.#batch.appendBytes(bytes);
    this.#schedule();
  }

  finish(): void {
    this.#stream = undefined;
    // Not now: whoever ends a stream does not expect the next request to be handled inside that call.
    setImmediate(() => this.#becomeIdle());
  }

  abort(): void {
    this.#stream = undefined;
    this.#options.onBroken(new Error("Cannot stream to this client: it reads too slowly"));
  }

  /** Hands what was gathered to the socket. */
  flush(): void {
    this.#scheduled = false;
    if (this.#destroyed) {
      return;
    }
    this.#batch.flushTo(this.#socket);
    if (this.#socket.writableLength > 0) {
      this.#options.onUnread();
    }
  }

  /** The socket has room again. */
  drained(): void {
    this.#wake();
  }

  /** The connection is gone: nothing is written any more and the producer of the present body learns of it. */
  destroy(): void {
    this.#destroyed = true;
    this.#batch.clear();
    this.#stream?.disconnect();
    this.#stream = undefined;
    this.#wake();
  }

  #schedule(): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      this.#options.flushQueue.schedule(this);
    }
  }

  #becomeIdle(): void {
    this.#idle = true;
    this.#options.onIdle();
  }

  #writeHeadOnly(response: HttpResponse): void {
    const { body } = response;
    this.appendLatin1(this.#options.encoder.encodeHead(response, framingOf(body)));
    discardBody(response);
  }

  #writeWhole(head: RequestHead | undefined, response: HttpResponse, body: string | Uint8Array): void {
    const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
    if (head !== undefined && shouldCompress(head, response, length)) {
      const compressed = compressBody(typeof body === "string" ? Buffer.from(body) : body);
      const headers = { ...response.headers, "Content-Encoding": "gzip" };
      if (Buffer.isBuffer(compressed)) {
        this.#writeSized({ ...response, headers }, compressed, compressed.length);
        return;
      }
      this.#idle = false;
      this.#finishLater(
        compressed.then((bytes) => {
          this.appendLatin1(this.#options.encoder.encodeHead({ ...response, headers }, bytes.length));
          return this.#writeSlices(bytes);
        }),
      );
      return;
    }
    this.#writeSized(response, body, length);
  }

  #writeSized(response: HttpResponse, body: string | Uint8Array, length: number): void {
    this.appendLatin1(this.#options.encoder.encodeHead(response, length));
    if (length <= BODY_SLICE_BYTES) {
      append(this, body);
      return;
    }
    this.#idle = false;
    this.#finishLater(this.#writeSlices(typeof body === "string" ? Buffer.from(body) : body));
  }

  #writeByteParts(head: RequestHead | undefined, response: HttpResponse, body: ByteParts): void {
    let writing: Promise<void>;
    if (head !== undefined && shouldCompress(head, response, body.byteLength)) {
      writing = this.#writeParts(head, response, body.parts);
    } else {
      this.#idle = false;
      this.appendLatin1(this.#options.encoder.encodeHead(response, body.byteLength));
      writing = this.#writeList(body.parts);
    }
    this.#finishLater(
      writing.then(() => {
        if (!this.#destroyed) body.sent();
      }),
    );
  }

  async #writeList(parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) {
      if (this.#destroyed) return;
      this.appendBytes(part);
      await this.#room();
    }
    await this.#taken();
  }

  async #writeSlices(body: Uint8Array): Promise<void> {
    for (let at = 0; at < body.length && !this.#destroyed; at += BODY_SLICE_BYTES) {
      this.appendBytes(body.subarray(at, at + BODY_SLICE_BYTES));
      await this.#room();
    }
  }

  #writeParts(
    head: RequestHead | undefined,
    response: HttpResponse,
    body: Iterable<Uint8Array> | AsyncIterable<string | Uint8Array>,
  ): Promise<void> {
    this.#idle = false;
    const compress = head !== undefined && shouldCompress(head, response, Infinity);
    const chunked = head?.isHttp10 !== true;
    const headers = compress ? { ...response.headers, "Content-Encoding": "gzip" } : response.headers;
    const text = this.#options.encoder.encodeHead({ ...response, headers: headers ?? {} }, "chunked");
    // An HTTP/1.0 client does not know chunks: it reads until the connection closes.
    this.#endsByClosing = !chunked;
    this.appendLatin1(chunked ? text : text.replace("Transfer-Encoding: chunked\r\n", ""));
    return this.#pumpParts(compress ? compressParts(body) : body, chunked);
  }

  async #pumpParts(
    body: Iterable<Uint8Array> | AsyncIterable<string | Uint8Array>,
    chunked: boolean,
  ): Promise<void> {
    for await (const part of body) {
      if (this.#destroyed) {
        return;
      }
      const bytes = typeof part === "string" ? Buffer.from(part) : part;
      if (bytes.length === 0) {
        continue;
      }
      if (chunked) {
        this.appendLatin1(`${bytes.length.toString(16)}\r\n`);
        this.appendBytes(bytes);
        this.appendLatin1("\r\n");
      } else {
        this.appendBytes(bytes);
      }
      await this.#room();
    }
    if (chunked) {
      this.appendLatin1("0\r\n\r\n");
    }
  }

  /** Resolves when the client has read enough, and always in a later turn, so that others are served meanwhile. */
  async #room(): Promise<void> {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    while (!this.#destroyed && this.queuedBytes > MAX_UNREAD_ANSWER_BYTES) {
      await new Promise<void>((resolve) => {
        this.#wakeBody = resolve;
      });
    }
  }

  /** Resolves when the kernel has everything, or the connection is gone. */
  async #taken(): Promise<void> {
    this.flush();
    if (this.#destroyed || this.#socket.writableLength === 0) return;
    await new Promise<void>((resolve) => {
      this.#socket.write(NO_BYTES, () => resolve());
    });
  }

  #finishLater(writing: Promise<void>): void {
    writing.then(
      () => this.#becomeIdle(),
      (error: unknown) => this.#options.onBroken(error),
    );
  }

  #wake(): void {
    const wake = this.#wakeBody;
    this.#wakeBody = undefined;
    wake?.();
  }
}

function framingOf(body: HttpResponse["body"]): ResponseFraming {
  if (body === undefined) return 0;
  if (typeof body === "string") return Buffer.byteLength(body);
  return body instanceof Uint8Array || body instanceof ByteParts ? body.byteLength : "chunked";
}

/** A stream that will not be sent is closed, so that its producer lets go of it. */
export function discardBody(response: HttpResponse): void {
  if (response.body instanceof RecordStream) {
    response.body.disconnect();
  }
}
