// HTTP between one scheduler and the master: calls with their answers, and the event stream of a subscription.
import { type MediaType, type SchedulerCall, encode } from "@mezzo/wire";
import type { MasterRun } from "../master/master-run.ts";
import type { Masters } from "../master/masters.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { SimClock } from "../time/sim-clock.ts";
import { EventStream, type StreamListener } from "./event-stream.ts";
import { InOrder } from "./in-order.ts";

/** What became of a call: an answer, or nobody knows. */
export type CallOutcome = { status: number; body: string } | "lost";

export interface SchedulerChannelOptions {
  mediaType: MediaType;
  /** One connection for all calls; otherwise calls overtake each other. */
  ordered: boolean;
  /** How often a call or its answer is lost. */
  lostCalls: number;
  latencyMs: readonly [number, number];
}

/** A scheduler's way to the master, whichever master that is. */
export class SchedulerChannel {
  readonly #options: SchedulerChannelOptions;
  readonly #clock: SimClock;
  readonly #random: SeededRandom;
  readonly #master: Masters;
  /** Where the latest subscription is: its calls go there, also when another master leads by now. */
  #subscribed: { streamId: string; run: MasterRun } | undefined;
  readonly #order: InOrder;
  /** Off while the cluster settles. */
  faulty = true;

  constructor(
    options: SchedulerChannelOptions,
    { clock, random, master }: { clock: SimClock; random: SeededRandom; master: Masters },
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#random = random;
    this.#master = master;
    this.#order = new InOrder(clock);
  }

  /** Sends a call; the outcome comes once. */
  call(call: SchedulerCall, streamId: string, done: (outcome: CallOutcome) => void): void {
    this.#send(call, { streamId, done });
  }

  /** Sends a SUBSCRIBE. The listener hears of the stream, `refused` of an answer without one. */
  subscribe(
    call: SchedulerCall,
    { listener, refused }: { listener: StreamListener; refused: (outcome: CallOutcome) => void },
    opened: (stream: EventStream) => void,
  ): void {
    this.#send(call, { listener, opened, done: refused });
  }

  #send(
    call: SchedulerCall,
    of: {
      streamId?: string;
      done: (outcome: CallOutcome) => void;
      listener?: StreamListener;
      opened?: (stream: EventStream) => void;
    },
  ): void {
    const { mediaType, ordered, lostCalls } = this.#options;
    const body = encode("SchedulerCall", call, mediaType);
    const answerLater = (outcome: CallOutcome): void => {
      this.#clock.after(this.#latency(), () => of.done(outcome));
    };
    const lose = (): boolean => this.faulty && this.#random.chance(lostCalls / 2);
    const arrive = (): void => {
      const run = this.#runFor(of.streamId);
      if (run === undefined || lose()) return answerLater("lost");
      return run.takeCall({
        body,
        mediaType,
        ...(of.streamId !== undefined && { streamId: of.streamId }),
        answer: (status, text) => answerLater(lose() ? "lost" : { status, body: text }),
        lost: () => answerLater("lost"),
        open: (streamId) => {
          if (of.listener === undefined) throw new Error("A call that is no SUBSCRIBE got a stream");
          const { listener } = of;
          const latency = (): number => this.#latency();
          const stream = new EventStream({ streamId, mediaType, run, listener, latency }, this.#clock);
          this.#subscribed = { streamId, run };
          of.opened?.(stream);
          return stream;
        },
      });
    };
    if (ordered) this.#order.deliver(this.#latency(), arrive);
    else this.#clock.after(this.#latency(), arrive);
  }

  #runFor(streamId: string | undefined): MasterRun | undefined {
    const { run, streamId: subscribed } = this.#subscribed ?? {};
    return streamId !== undefined && subscribed === streamId && run?.stopped === false
      ? run
      : this.#master.run;
  }

  #latency(): number {
    return this.#random.between(...this.#options.latencyMs);
  }
}
