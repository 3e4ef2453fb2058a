// The open subscriptions of executors.
import { encode, encodeJson, type ExecutorEvent, type MediaType } from "@mezzo/wire";
import { RecordStream } from "../../net/http/record-stream.ts";

interface Connection {
  readonly stream: RecordStream;
  readonly mediaType: MediaType;
}

/** Event streams by connection id. A stream that its reader closes is reported and forgotten. */
export class ExecutorConnections {
  readonly #connections = new Map<string, Connection>();
  #last = 0;

  /** Opens a stream; `closed` is called once when it ends, whoever ended it. */
  open(mediaType: MediaType, closed: (connectionId: string) => void): { id: string; stream: RecordStream } {
    const stream = new RecordStream();
    const id = String(++this.#last);
    this.#connections.set(id, { stream, mediaType });
    stream.onClose(() => {
      this.#connections.delete(id);
      closed(id);
    });
    return { id, stream };
  }

  /** Writes an event; on a closed stream it is lost. */
  send(id: string, event: ExecutorEvent): void {
    const connection = this.#connections.get(id);
    if (connection === undefined) return;
    const json = connection.mediaType === "application/json";
    connection.stream.writeRecord(
      json ? encodeJson("ExecutorEvent", event) : encode("ExecutorEvent", event, connection.mediaType),
    );
  }

  close(id: string): void {
    this.#connections.get(id)?.stream.end();
  }
}
