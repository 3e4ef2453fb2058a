// One client of a container's outputs: what it is told, and what it misses when it reads slowly.
import { encode, type AgentProcessIO, type MediaType } from "@mezzo/wire";
import { RecordStream } from "../../net/http/record-stream.ts";
import { outputRecord } from "./process-io.ts";

/** Bytes that it may leave unread before the container waits in its writes. */
const MAX_UNREAD_BYTES = 256 * 1024;

/** Bytes that it may leave unread before it misses some: more, so that a moment's absence costs nothing. */
const MAX_UNREAD_BEFORE_GAP_BYTES = 1024 * 1024;

/** Of what it leaves no room for it gets the latest when it reads again: a screen or more. */
const MAX_LATEST_BYTES = 64 * 1024;

/** A record in each encoding that somebody asks for, made once. */
export type EncodedRecord = (mediaType: MediaType) => Uint8Array;

export function encodeOnce(record: AgentProcessIO): EncodedRecord {
  const encoded = new Map<MediaType, Uint8Array>();
  return (mediaType) => {
    const bytes = encoded.get(mediaType) ?? encode("AgentProcessIO", record, mediaType);
    encoded.set(mediaType, bytes);
    return bytes;
  };
}

export class OutputClient {
  readonly stream = new RecordStream();
  readonly #mediaType: MediaType;
  readonly #waits: boolean;
  #latest = Buffer.alloc(0);

  /** `waits`: the container waits for it; otherwise it misses what it leaves no room for, but not the latest. */
  constructor({ mediaType, waits }: { mediaType: MediaType; waits: boolean }) {
    this.#mediaType = mediaType;
    this.#waits = waits;
  }

  /** Whether the container is to wait for it, or it for what it missed. */
  get isBehind(): boolean {
    if (this.stream.closed) return false;
    return this.#waits ? this.stream.queuedBytes > MAX_UNREAD_BYTES : this.#latest.length > 0;
  }

  /** A piece of output; `record` says the same as `data`. */
  output(data: Uint8Array, record: EncodedRecord): void {
    if (this.#waits || (this.#latest.length === 0 && this.#hasRoom())) this.tell(record);
    else this.#latest = Buffer.concat([this.#latest, data]).subarray(-MAX_LATEST_BYTES);
  }

  tell(record: EncodedRecord): void {
    this.stream.writeRecord(record(this.#mediaType));
  }

  /** To be called now and then while it is behind. */
  catchUp(): void {
    if (this.#hasRoom()) this.#tellLatest();
  }

  end(): void {
    this.#tellLatest();
    this.stream.end();
  }

  #hasRoom(): boolean {
    return this.stream.queuedBytes <= MAX_UNREAD_BEFORE_GAP_BYTES;
  }

  #tellLatest(): void {
    if (this.#latest.length === 0) return;
    // Where nobody waits for clients there is a terminal, which has no other output.
    this.tell(encodeOnce(outputRecord("STDOUT", this.#latest)));
    this.#latest = Buffer.alloc(0);
  }
}
