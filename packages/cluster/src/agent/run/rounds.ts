// Something that is done again and again, each time so long after the time before has ended.
import type { Clock, Timer } from "../../core/clock.ts";

export class Rounds {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #round: () => Promise<void>;
  #timer: Timer | undefined;
  #closed = false;

  /** A round that rejects is followed by the next one all the same. */
  constructor({ clock, intervalMs }: { clock: Clock; intervalMs: number }, round: () => Promise<void>) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#round = round;
  }

  /** Begins, with the first round after one interval. */
  start(): void {
    if (this.#closed) return;
    this.#timer = this.#clock.after(this.#intervalMs, () => {
      this.#round().then(
        () => this.start(),
        () => this.start(),
      );
    });
  }

  /** A round that is under way looks here whether it should go on. */
  get isClosed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }
}
