// The event stream of one subscription: the master writes, the scheduler reads, in order, until either or the network
// ends it.
import { type MediaType, type SchedulerEvent, decode } from "@mezzo/wire";
import type { EventSink } from "../master/call-reply.ts";
import type { MasterRun } from "../master/master-run.ts";
import type { SimClock } from "../time/sim-clock.ts";
import { InOrder } from "./in-order.ts";
import { InvariantViolation } from "../trace/violation.ts";

/** The scheduler's side of a subscription. */
export interface StreamListener {
  opened(streamId: string): void;
  event(event: SchedulerEvent): void;
  /** The stream is over, whoever ended it; called once. */
  closed(): void;
}

export interface EventStreamOptions {
  streamId: string;
  mediaType: MediaType;
  run: MasterRun;
  listener: StreamListener;
  latency: () => number;
}

/** One stream in flight. */
export class EventStream implements EventSink {
  readonly streamId: string;
  readonly mediaType: MediaType;
  readonly #run: MasterRun;
  readonly #listener: StreamListener;
  readonly #clock: SimClock;
  readonly #latency: () => number;
  readonly #order: InOrder;
  /** Nothing gets through any more. */
  #cut = false;
  #closed = false;

  constructor(options: EventStreamOptions, clock: SimClock) {
    this.streamId = options.streamId;
    this.mediaType = options.mediaType;
    this.#run = options.run;
    this.#listener = options.listener;
    this.#latency = options.latency;
    this.#clock = clock;
    this.#order = new InOrder(clock);
    this.#inOrder(() => this.#listener.opened(this.streamId));
  }

  send(record: Uint8Array): void {
    this.#inOrder(() => {
      const event = decode("SchedulerEvent", record, this.mediaType);
      if (!event.ok)
        throw new InvariantViolation("messages", `A scheduler cannot read an event: ${event.error}`);
      this.#listener.event(event.value);
    });
  }

  close(): void {
    this.#inOrder(() => this.#end());
  }

  lost(): void {
    this.#cut = true;
    this.#clock.after(this.#latency(), () => this.#end());
  }

  /** The scheduler ends the stream. */
  hangUp(): void {
    if (this.#closed) return;
    this.#cut = true;
    this.#closed = true;
    this.#clock.after(this.#latency(), () => this.#run.streamClosed(this.streamId));
  }

  /** The connection breaks; each side notices in its own time, milliseconds. */
  break(of: { schedulerMs: number; masterMs: number }): void {
    if (this.#cut) return;
    this.#cut = true;
    this.#clock.after(of.schedulerMs, () => this.#end());
    this.#clock.after(of.masterMs, () => this.#run.streamClosed(this.streamId));
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cut = true;
    this.#listener.closed();
  }

  #inOrder(run: () => void): void {
    if (this.#cut) return;
    this.#order.deliver(this.#latency(), () => {
      if (!this.#cut) run();
    });
  }
}
