// A response that never ends by itself: records (events) written one HTTP chunk each, to a reader that keeps up.
import { MAX_STREAM_BUFFER_BYTES } from "./limits.ts";

/** Why a stream is closed: we ended it, the peer went away, or it read too slowly. */
export type StreamCloseReason = "ended" | "disconnected" | "too slow";

/** Where a stream's bytes go once its response has begun: the connection. */
export interface StreamSink {
  appendLatin1(text: string): void;
  appendBytes(bytes: Uint8Array): void;
  /** Bytes that the peer has not taken yet. */
  readonly queuedBytes: number;
  /** The last chunk is written: the next response may follow. */
  finish(): void;
  /** Breaks the connection. */
  abort(): void;
}

/**
 * Body of a streaming response (`Transfer-Encoding: chunked` for every client, as libprocess' `Pipe`). Records may be
 * written before the response has begun. A reader that leaves more than `maxBufferedBytes` unread, its largest
 * record not counted, is disconnected.
 */
export class RecordStream {
  readonly #maxBufferedBytes: number;
  #sink: StreamSink | undefined;
  #backlog: (string | Uint8Array)[] = [];
  #backlogBytes = 0;
  #largestRecord = 0;
  #closed: StreamCloseReason | undefined;
  #listeners: ((reason: StreamCloseReason) => void)[] = [];

  constructor(options: { maxBufferedBytes?: number } = {}) {
    this.#maxBufferedBytes = options.maxBufferedBytes ?? MAX_STREAM_BUFFER_BYTES;
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** Bytes written that the reader has not taken yet. */
  get queuedBytes(): number {
    return this.#sink?.queuedBytes ?? this.#backlogBytes;
  }

  /** Called once when the stream closes, whoever closes it; never from within the call that closes it. */
  onClose(listener: (reason: StreamCloseReason) => void): void {
    const reason = this.#closed;
    if (reason === undefined) {
      this.#listeners.push(listener);
    } else {
      setImmediate(() => listener(reason));
    }
  }

  /** Frames the record as RecordIO (`<bytes>\n<record>`) and writes it as one chunk; false when the stream is closed. */
  writeRecord(record: string | Uint8Array): boolean {
    const bytes = byteLength(record);
    const frame = `${bytes}\n`;
    return this.#writeChunk(frame, { record, bytes: frame.length + bytes });
  }

  /** Writes one chunk as it is, a framed record for instance; an empty one is left out. False when closed. */
  write(chunk: string | Uint8Array): boolean {
    const bytes = byteLength(chunk);
    return bytes === 0 ? !this.closed : this.#writeChunk("", { record: chunk, bytes });
  }

  /** Ends the response properly; what was written still goes out. */
  end(): void {
    if (this.#closed === undefined) {
      if (this.#sink === undefined) {
        this.#backlog.push("0\r\n\r\n");
      } else {
        this.#sink.appendLatin1("0\r\n\r\n");
        this.#sink.finish();
      }
      this.#close("ended");
    }
  }

  /** For the connection: the response has begun. */
  attach(sink: StreamSink): void {
    for (const part of this.#backlog) {
      append(sink, part);
    }
    this.#backlog = [];
    this.#backlogBytes = 0;
    if (this.#closed === "ended") {
      sink.finish();
    } else if (this.#closed === undefined) {
      this.#sink = sink;
    } else {
      sink.abort();
    }
  }

  /** For the connection: the peer is gone. */
  disconnect(): void {
    this.#close("disconnected");
  }

  #writeChunk(frame: string, { record, bytes }: { record: string | Uint8Array; bytes: number }): boolean {
    if (this.#closed !== undefined) {
      return false;
    }
    const queued = this.queuedBytes;
    this.#largestRecord = queued === 0 ? bytes : Math.max(this.#largestRecord, bytes);
    if (queued + bytes > this.#maxBufferedBytes + this.#largestRecord) {
      const sink = this.#sink;
      this.#close("too slow");
      sink?.abort();
      return false;
    }
    const head = `${bytes.toString(16)}\r\n${frame}`;
    if (this.#sink === undefined) {
      this.#backlog.push(head, record, "\r\n");
      this.#backlogBytes += bytes;
    } else {
      this.#sink.appendLatin1(head);
      append(this.#sink, record);
      this.#sink.appendLatin1("\r\n");
    }
    return true;
  }

  #close(reason: StreamCloseReason): void {
    if (this.#closed !== undefined) {
      return;
    }
    this.#closed = reason;
    this.#sink = undefined;
    if (reason !== "ended") {
      this.#backlog = [];
      this.#backlogBytes = 0;
    }
    const listeners = this.#listeners;
    this.#listeners = [];
    if (listeners.length > 0) {
      setImmediate(() => {
        for (const listener of listeners) {
          listener(reason);
        }
      });
    }
  }
}

function byteLength(data: string | Uint8Array): number {
  return typeof data === "string" ? Buffer.byteLength(data) : data.length;
}

/** Text is UTF-8; text without other than ASCII characters needs no conversion. */
export function append(
  sink: { appendLatin1(text: string): void; appendBytes(bytes: Uint8Array): void },
  data: string | Uint8Array,
): void {
  if (typeof data !== "string") {
    sink.appendBytes(data);
  } else if (Buffer.byteLength(data) === data.length) {
    sink.appendLatin1(data);
  } else {
    sink.appendBytes(Buffer.from(data));
  }
}
