// RecordIO, the framing of Mesos' event streams: a record is its length in decimal digits, a newline, its bytes.
// Follows 3rdparty/stout/include/stout/recordio.hpp.
import { textOf, utf8 } from "./codec/bytes.ts";

/**
 * The longest record a decoder takes unless told otherwise. The snapshot that opens an operator's event stream is the
 * longest known: about 1 KB a task, so this is room for some 100,000 tasks.
 */
export const MAX_RECORD_BYTES = 128 * 1024 * 1024;

/** A length has at most this many digits: those of 2^53. A peer that never sends the newline is noticed here. */
const MAX_LENGTH_DIGITS = 16;

const NEWLINE = 10;

export interface RecordDecoderOptions {
  /** A longer record is an error; servers that know their records to be small say so. */
  maxRecordBytes?: number;
}

/** Frames one record. */
export function encodeRecord(record: Uint8Array): Uint8Array {
  const header = utf8(`${record.length}\n`);
  const framed = new Uint8Array(header.length + record.length);
  framed.set(header);
  framed.set(record, header.length);
  return framed;
}

/**
 * Takes a stream in chunks of any size and gives back the records completed by each. It holds no more than one record.
 * After a malformed or too long length `error` is set and everything further is ignored, for nobody knows where the
 * next record begins.
 */
export class RecordDecoder {
  readonly #maxRecordBytes: number;
  #error: string | undefined;
  #header = "";
  /** Parts of the record being read; undefined while its length is being read. */
  #parts: Uint8Array[] | undefined;
  /** Bytes of the record that have not come yet. */
  #missingBytes = 0;

  constructor({ maxRecordBytes = MAX_RECORD_BYTES }: RecordDecoderOptions = {}) {
    this.#maxRecordBytes = maxRecordBytes;
  }

  /** Why the stream cannot be decoded any further. */
  get error(): string | undefined {
    return this.#error;
  }

  /** True between records: a stream that ends elsewhere was cut off. */
  get idle(): boolean {
    return this.#header === "" && this.#parts === undefined;
  }

  /** The records that this chunk completes. They may share the chunk's memory. */
  push(chunk: Uint8Array): Uint8Array[] {
    const records: Uint8Array[] = [];
    let position = 0;
    while (position < chunk.length && this.#error === undefined) {
      if (this.#parts === undefined) position = this.#readHeader(chunk, position);
      else position = this.#readRecord(chunk, position);
      if (this.#parts !== undefined && this.#missingBytes === 0) records.push(this.#takeRecord(this.#parts));
    }
    return records;
  }

  #readHeader(chunk: Uint8Array, start: number): number {
    const newline = chunk.indexOf(NEWLINE, start);
    const end = newline < 0 ? chunk.length : newline;
    const room = MAX_LENGTH_DIGITS + 1 - this.#header.length;
    this.#header += textOf(chunk.subarray(start, Math.min(end, start + room)));
    if (newline >= 0 || this.#header.length > MAX_LENGTH_DIGITS) this.#endHeader();
    return end + 1;
  }

  #endHeader(): void {
    const header = this.#header;
    const length = /^\d+$/.test(header) && header.length <= MAX_LENGTH_DIGITS ? Number(header) : undefined;
    this.#header = "";
    if (length === undefined) {
      this.#error = `Failed to decode length '${header}': Failed to convert '${header}' to number`;
    } else if (length > this.#maxRecordBytes) {
      this.#error = `Cannot take a record of ${length} bytes: the limit is ${this.#maxRecordBytes}`;
    } else {
      this.#parts = [];
      this.#missingBytes = length;
    }
  }

  #readRecord(chunk: Uint8Array, start: number): number {
    const part = chunk.subarray(start, start + this.#missingBytes);
    this.#parts?.push(part);
    this.#missingBytes -= part.length;
    return start + part.length;
  }

  #takeRecord(parts: Uint8Array[]): Uint8Array {
    this.#parts = undefined;
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    const record = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let position = 0;
    for (const part of parts) {
      record.set(part, position);
      position += part.length;
    }
    return record;
  }
}
