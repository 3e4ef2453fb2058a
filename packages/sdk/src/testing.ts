// Doubles for tests: a clock that only moves when told, and a server that answers what the test says.
import {
  encode,
  encodeRecord,
  type ExecutorCall,
  type ExecutorEvent,
  type SchedulerCall,
  type SchedulerEvent,
} from "@mezzo/wire";
import type { Clock, Timer } from "./clock.ts";
import { Rendezvous } from "./subscription/rendezvous.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport/transport.ts";

interface Waiting {
  at: number;
  run: () => void;
}

/** Lets everything that is ready run. */
export async function settle(): Promise<void> {
  // Each turn of the event loop runs all promises that are ready; chains here are a few dozen long at most.
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock in the test's hand. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Waiting>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): Timer {
    const waiting = { at: this.#now + delayMs, run };
    this.#timers.add(waiting);
    return { cancel: () => void this.#timers.delete(waiting) };
  }

  /** How long until the next timer, or undefined. */
  get nextInMs(): number | undefined {
    const times = [...this.#timers].map((timer) => timer.at - this.#now);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Moves time, running what becomes due in order. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#now = due.at;
      due.run();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}

/** One stream that the fake server has open. */
export class FakeStream {
  readonly #chunks = new Rendezvous<Uint8Array>();
  isClosed = false;

  /** Sends events as one chunk. */
  async send(
    name: "SchedulerEvent" | "ExecutorEvent",
    ...events: (SchedulerEvent | ExecutorEvent)[]
  ): Promise<void> {
    const records = events.map((event) => encodeRecord(encode(name, event as never, "application/json")));
    void this.#chunks.put(Buffer.concat(records));
    await settle();
  }

  /** Ends the stream from the server's side. */
  async end(): Promise<void> {
    this.#chunks.end();
    await settle();
  }

  response(headers: Record<string, string>): TransportResponse {
    return {
      status: 200,
      headers,
      body: this.#chunks,
      close: () => {
        this.isClosed = true;
        this.#chunks.end();
      },
    };
  }
}

/** An answer that is no stream. */
export interface PlainAnswer {
  status: number;
  text?: string;
  location?: string;
}

function plain({ status, text = "", location }: PlainAnswer): TransportResponse {
  const chunks = [Buffer.from(text)];
  return {
    status,
    headers: { location },
    body: {
      async *[Symbol.asyncIterator]() {
        yield* chunks;
      },
    },
    close: () => undefined,
  };
}

type Call = SchedulerCall & ExecutorCall;

/** A server in memory: answers SUBSCRIBE with what is queued (a stream if nothing is), other calls with 202. */
export class FakeServer implements Transport {
  readonly streams: FakeStream[] = [];
  readonly calls: { origin: string; streamId: string | undefined; call: Call }[] = [];
  readonly subscribes: { origin: string; call: Call }[] = [];
  /** What the next SUBSCRIBEs get, in order; "down" means no connection, "silent" no answer. */
  readonly queue: (PlainAnswer | "down" | "silent")[] = [];
  answer: PlainAnswer = { status: 202 };
  isClosed = false;

  post(request: TransportRequest): Promise<TransportResponse> {
    const call = JSON.parse(Buffer.from(request.body).toString()) as Call;
    const { origin } = request;
    if (call.type !== "SUBSCRIBE") {
      this.calls.push({ origin, streamId: request.headers["Mesos-Stream-Id"], call });
      return Promise.resolve(plain(this.answer));
    }
    this.subscribes.push({ origin, call });
    const next = this.queue.shift();
    if (next === "down") return Promise.reject(new Error("connect ECONNREFUSED"));
    if (next === "silent") return new Promise(() => undefined);
    if (next !== undefined) return Promise.resolve(plain(next));
    const stream = new FakeStream();
    this.streams.push(stream);
    return Promise.resolve(stream.response({ "mesos-stream-id": `stream-${this.streams.length}` }));
  }

  close(): void {
    this.isClosed = true;
  }

  /** The stream opened last. */
  get stream(): FakeStream {
    const last = this.streams.at(-1);
    if (last === undefined) throw new Error("nobody has subscribed");
    return last;
  }

  /** The types of all calls but SUBSCRIBE. */
  get callTypes(): (string | undefined)[] {
    return this.calls.map(({ call }) => call.type);
  }
}
