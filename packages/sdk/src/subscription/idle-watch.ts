// Notices a stream that has gone silent although heartbeats should come.
import type { Clock, Timer } from "../clock.ts";

/** Calls `onSilence` once when nothing was seen for `limitMs`. Time spent on handling what came does not count. */
export class IdleWatch {
  readonly #clock: Clock;
  readonly #onSilence: () => void;
  #limitMs: number | undefined;
  #lastSeenAt: number;
  #isBusy = false;
  #timer: Timer | undefined;

  constructor(clock: Clock, onSilence: () => void) {
    this.#clock = clock;
    this.#onSilence = onSilence;
    this.#lastSeenAt = clock.now();
  }

  /** Sets or changes how long silence may last. */
  limit(limitMs: number): void {
    this.#limitMs = limitMs;
    this.#timer?.cancel();
    this.#arm(limitMs);
  }

  /** Something came, and is being handled until `rest` is called. */
  seen(): void {
    this.#isBusy = true;
  }

  /** Waiting for the stream again. */
  rest(): void {
    this.#isBusy = false;
    this.#lastSeenAt = this.#clock.now();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #arm(delayMs: number): void {
    this.#timer = this.#clock.after(delayMs, () => this.#check());
  }

  #check(): void {
    const limitMs = this.#limitMs ?? 0;
    const silentMs = this.#isBusy ? 0 : this.#clock.now() - this.#lastSeenAt;
    if (silentMs >= limitMs) this.#onSilence();
    else this.#arm(limitMs - silentMs);
  }
}
