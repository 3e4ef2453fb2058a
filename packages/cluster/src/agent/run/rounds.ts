// Something that is done again and again, each time so long after the time before has ended.
import type { Clock, Timer } from "../../core/clock.ts";

export abstract class Rounds {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  #timer: Timer | undefined;
  #closed = false;

  constructor({ clock, intervalMs }: { clock: Clock; intervalMs: number }) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
  }

  /** A round that rejects is followed by the next one all the same. */
  protected abstract round(): Promise<void>;

  /** Begins, with the first round after one interval. */
  start(): void {
    if (this.#closed) return;
    this.#timer = this.#clock.after(this.#intervalMs, () => {
      this.round().then(
        () => this.start(),
        () => this.start(),
      );
    });
  }

  /** A round that is under way looks here whether it should go on. */
  protected get isClosed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }
}
