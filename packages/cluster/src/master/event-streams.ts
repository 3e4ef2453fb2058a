// The event streams of schedulers, by id.
import { type MediaType, type SchedulerEvent, encode, encodeJson } from "@mezzo/wire";
import { RecordStream } from "../net/http/record-stream.ts";

/** Open streams. An event is encoded once, as it is sent. */
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

  /** Events for streams that are gone are dropped: the scheduler reconciles when it is back. */
  send(streamId: string, event: SchedulerEvent): void {
    const open = this.#streams.get(streamId);
    if (open === undefined) return;
    const record =
      open.mediaType === "application/json"
        ? encodeJson("SchedulerEvent", event)
        : encode("SchedulerEvent", event, open.mediaType);
    open.stream.writeRecord(record);
  }

  /** Ends a stream; what was sent still goes out. */
  close(streamId: string): void {
    this.#streams.get(streamId)?.stream.end();
  }

  closeAll(): void {
    for (const { stream } of this.#streams.values()) stream.end();
  }
}
