// Things that arrive in the order in which they were sent, each after its own latency at the earliest.
import type { SimClock } from "../time/sim-clock.ts";

/** One direction of one TCP connection. */
export class InOrder {
  readonly #clock: SimClock;
  readonly #queue: (() => void)[] = [];
  #lastDueMs = 0;

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  /** Runs after the latency, and after all that was given before. */
  deliver(latencyMs: number, run: () => void): void {
    const nowMs = this.#clock.elapsedMs;
    this.#lastDueMs = Math.max(this.#lastDueMs, nowMs + latencyMs);
    this.#queue.push(run);
    // Whichever event comes first takes the front: rounding of times must not turn the order around.
    this.#clock.after(this.#lastDueMs - nowMs, () => this.#queue.shift()?.());
  }
}
