// The event streams of schedulers and operators, by id.
import {
  type MasterEvent,
  type MediaType,
  type MessageName,
  type Messages,
  type SchedulerEvent,
  encode,
  encodeJson,
} from "@mezzo/wire";
import { RecordStream } from "../net/http/record-stream.ts";

/** An event as the body of a record. */
function encodeEvent<N extends MessageName>(
  name: N,
  event: Messages[N],
  mediaType: MediaType,
): string | Uint8Array {
  return mediaType === "application/json" ? encodeJson(name, event) : encode(name, event, mediaType);
}

/** Open streams. */
export class EventStreams {
  readonly #streams = new Map<string, { stream: RecordStream; mediaType: MediaType }>();
  readonly #onClosed: (streamId: string) => void;

  constructor(onClosed: (streamId: string) => void) {
    this.#onClosed = onClosed;
  }

  /** A new stream; a reader that does not keep up is dropped by the stream itself. */
  open(streamId: string, mediaType: MediaType): RecordStream {
    const stream = new RecordStream();
    this.#streams.set(streamId, { stream, mediaType });
    stream.onClose(() => {
      this.#streams.delete(streamId);
      this.#onClosed(streamId);
    });
    return stream;
  }

  /** To a scheduler. Events for streams that are gone are dropped: the scheduler reconciles when it is back. */
  send(streamId: string, event: SchedulerEvent): void {
    const open = this.#streams.get(streamId);
    open?.stream.writeRecord(encodeEvent("SchedulerEvent", event, open.mediaType));
  }

  /** To operators; encoded once for each media type. */
  broadcast(streamIds: readonly string[], event: MasterEvent): void {
    const encoded = new Map<MediaType, string | Uint8Array>();
    for (const streamId of streamIds) {
      const open = this.#streams.get(streamId);
      if (open === undefined) continue;
      const record = encoded.get(open.mediaType) ?? encodeEvent("MasterEvent", event, open.mediaType);
      encoded.set(open.mediaType, record);
      open.stream.writeRecord(record);
    }
  }

  /** Ends a stream; what was sent still goes out. */
  close(streamId: string): void {
    this.#streams.get(streamId)?.stream.end();
  }

  closeAll(): void {
    for (const { stream } of this.#streams.values()) stream.end();
  }
}
