// A client that is attached to a container, as `dcos task attach` is: what it shows, and what is typed.
import {
  encodeRecord,
  RecordDecoder,
  type AgentCall,
  type AgentProcessIO,
  type ContainerID,
} from "@mezzo/wire";
import { until } from "./until.ts";

type Of = { address: string; id: ContainerID };

const RECORDS = "application/recordio";

/** Hears the output of a container from now on. */
export class AttachedOutput {
  readonly #abort = new AbortController();
  /** What the container wrote. */
  text = "";
  heartbeats = 0;
  /** Resolves when the agent ends it, or it is closed; rejects when it breaks. */
  ended: Promise<void> = Promise.resolve();

  /** Resolves when it is attached; rejects with what the agent says instead. A stalled one reads nothing until its end. */
  static async open({ address, id }: Of, { stalled = false } = {}): Promise<AttachedOutput> {
    const attached = new AttachedOutput();
    const call: AgentCall = {
      type: "ATTACH_CONTAINER_OUTPUT",
      attach_container_output: { container_id: id },
    };
    const answer = await fetch(`http://${address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: RECORDS, "Message-Accept": "application/json" },
      body: JSON.stringify(call),
      signal: attached.#abort.signal,
    });
    if (!answer.ok || answer.body === null) throw new Error(`${answer.status}: ${await answer.text()}`);
    if (!stalled) {
      attached.ended = attached.#read(answer.body).catch((error: unknown) => {
        if (!attached.#abort.signal.aborted) throw new Error("The output has broken", { cause: error });
      });
    }
    // Not every test waits for the end.
    attached.ended.catch(() => undefined);
    return attached;
  }

  /** Waits until it has shown that. */
  async sees(what: string, options: { patienceMs?: number } = {}): Promise<void> {
    try {
      await until(`the terminal shows ${what}`, () => this.text.includes(what), options);
    } catch (error) {
      throw new Error(`The terminal shows only ${JSON.stringify(this.text)}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.ended;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new RecordDecoder();
    for await (const chunk of body) {
      for (const record of decoder.push(chunk)) this.#take(JSON.parse(Buffer.from(record).toString()));
    }
  }

  #take({ data, control }: AgentProcessIO): void {
    this.text += Buffer.from(data?.data ?? "", "base64").toString();
    if (control?.heartbeat) this.heartbeats += 1;
  }
}

/** Types into a container. */
export class AttachedInput {
  readonly #body = new TransformStream<Uint8Array, Uint8Array>();
  readonly #writer = this.#body.writable.getWriter();
  /** Status and text of the answer, which comes at the end. */
  readonly answered: Promise<{ status: number; text: string }>;

  constructor({ address, id }: Of) {
    const headers = { "Content-Type": RECORDS, "Message-Content-Type": "application/json" };
    const request: RequestInit & { duplex: "half" } = {
      method: "POST",
      headers,
      body: this.#body.readable,
      duplex: "half",
    };
    this.answered = fetch(`http://${address}/api/v1`, request).then(async (answer) => ({
      status: answer.status,
      text: await answer.text(),
    }));
    this.answered.catch(() => undefined);
    void this.#send({ type: "CONTAINER_ID", container_id: id });
  }

  type(text: string): Promise<void> {
    const data = { type: "STDIN" as const, data: Buffer.from(text).toString("base64") };
    return this.#send({ type: "PROCESS_IO", process_io: { type: "DATA", data } });
  }

  resize(rows: number, columns: number): Promise<void> {
    const control = { type: "TTY_INFO" as const, tty_info: { window_size: { rows, columns } } };
    return this.#send({ type: "PROCESS_IO", process_io: { type: "CONTROL", control } });
  }

  heartbeat(): Promise<void> {
    const control = { type: "HEARTBEAT" as const, heartbeat: { interval: { nanoseconds: 1e9 } } };
    return this.#send({ type: "PROCESS_IO", process_io: { type: "CONTROL", control } });
  }

  async close(): Promise<void> {
    await this.#writer.close().catch(() => undefined);
  }

  async #send(input: NonNullable<AgentCall["attach_container_input"]>): Promise<void> {
    const call: AgentCall = { type: "ATTACH_CONTAINER_INPUT", attach_container_input: input };
    // An agent that has answered already takes no more.
    await this.#writer.write(encodeRecord(Buffer.from(JSON.stringify(call)))).catch(() => undefined);
  }
}
