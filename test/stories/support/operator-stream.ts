// The events that an operator hears who subscribes to a master.
import { RecordDecoder, type MasterEvent } from "@mezzo/wire";
import type { Server } from "./cluster.ts";

export class OperatorStream {
  readonly events: MasterEvent[] = [];
  readonly #abort = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  headers = new Headers();

  /** Subscribes; resolves when the master has accepted that. */
  async open(master: Server): Promise<void> {
    const answer = await fetch(`http://${master.address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ type: "SUBSCRIBE" }),
      signal: this.#abort.signal,
    });
    if (!answer.ok || answer.body === null) throw new Error(`SUBSCRIBE answers ${answer.status}`);
    this.headers = answer.headers;
    this.#ended = this.#read(answer.body).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#ended;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new RecordDecoder();
    for await (const chunk of body) {
      for (const record of decoder.push(chunk)) {
        this.events.push(JSON.parse(Buffer.from(record).toString()) as MasterEvent);
      }
    }
  }
}
