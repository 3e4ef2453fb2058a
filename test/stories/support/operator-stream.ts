// The events that an operator hears who subscribes to a master.
import {
  JSON_MEDIA_TYPE,
  type MasterEvent,
  type MediaType,
  RecordDecoder,
  decode,
  encode,
  encodeJson,
} from "@mezzo/wire";
import type { Server } from "./cluster.ts";

export class OperatorStream {
  readonly events: MasterEvent[] = [];
  readonly #abort = new AbortController();
  /** Resolves when the master ends it, or it is closed; rejects when it breaks, as by an event that cannot be read. */
  ended: Promise<void> = Promise.resolve();
  readonly #mediaType: MediaType;
  headers = new Headers();

  /** `mediaType` is that of the call and of the events. */
  constructor({ mediaType = JSON_MEDIA_TYPE }: { mediaType?: MediaType } = {}) {
    this.#mediaType = mediaType;
  }

  /** Subscribes; resolves when the master has accepted that. */
  async open(master: Pick<Server, "address">): Promise<void> {
    const answer = await fetch(`http://${master.address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": this.#mediaType, Accept: this.#mediaType },
      body: encode("MasterCall", { type: "SUBSCRIBE" }, this.#mediaType),
      signal: this.#abort.signal,
    });
    if (!answer.ok || answer.body === null) throw new Error(`SUBSCRIBE answers ${answer.status}`);
    this.headers = answer.headers;
    this.ended = this.#read(answer.body).catch((error: unknown) => {
      if (!this.#abort.signal.aborted) throw new Error("The stream has broken", { cause: error });
    });
    // Not every test waits for the end.
    this.ended.catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.ended;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new RecordDecoder();
    for await (const chunk of body) {
      for (const record of decoder.push(chunk)) {
        this.events.push(this.#eventOf(record));
      }
    }
  }

  /** JSON as it came, with whatever Mesos does not have; protobuf as Mesos would write what it says in JSON. */
  #eventOf(record: Uint8Array): MasterEvent {
    if (this.#mediaType === JSON_MEDIA_TYPE) return JSON.parse(Buffer.from(record).toString()) as MasterEvent;
    const event = decode("MasterEvent", record, this.#mediaType);
    if (!event.ok) throw new Error(event.error);
    return JSON.parse(encodeJson("MasterEvent", event.value)) as MasterEvent;
  }
}
