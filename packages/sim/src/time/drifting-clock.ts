// The clock of one machine: it goes a little too fast or too slow, and was never set quite right.
import type { Clock, Timer } from "../../../cluster/src/core/clock.ts";
import type { SeededRandom } from "./seeded-random.ts";
import { EPOCH_MS, type SimClock } from "./sim-clock.ts";

/** Worse than any machine's: an oscillator is off by a thousandth of this. */
const MAX_DRIFT = 0.02;

/** How wrong a clock may be set, milliseconds. */
const MAX_OFFSET_MS = 5000;

/** Times and delays as one machine measures them. */
export class DriftingClock implements Clock {
  readonly #clock: SimClock;
  readonly #rate: number;
  readonly #offsetMs: number;

  /** Without drift it is the cluster's own clock. */
  constructor(clock: SimClock, { random, drifts }: { random: SeededRandom; drifts: boolean }) {
    this.#clock = clock;
    this.#rate = drifts ? random.between(1 - MAX_DRIFT, 1 + MAX_DRIFT) : 1;
    this.#offsetMs = drifts ? random.between(0, MAX_OFFSET_MS) : 0;
  }

  now(): number {
    return Math.floor(EPOCH_MS + this.#offsetMs + this.#clock.elapsedMs * this.#rate);
  }

  after(delayMs: number, run: () => void): Timer {
    return this.#clock.after(delayMs / this.#rate, run);
  }
}
