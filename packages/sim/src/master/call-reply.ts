// How the master answers a call over HTTP: what it needs of the connection the call came on.
import type { MediaType } from "@mezzo/wire";

/** The master's end of an event stream. */
export interface EventSink {
  readonly mediaType: MediaType;
  send(record: Uint8Array): void;
  /** The master ends the stream. */
  close(): void;
  /** The master died. */
  lost(): void;
}

/** Where the answer to a call goes: one of the three, once. */
export interface CallReply {
  answer(status: number, body: string): void;
  /** Answers 200 and begins an event stream. */
  open(streamId: string): EventSink;
  /** The master died before it answered. */
  lost(): void;
}

/** One call as it came over the connection. */
export interface IncomingCall extends CallReply {
  body: Uint8Array;
  mediaType: MediaType;
  streamId?: string;
}
