// Lets through so many a second, in the order in which they came. @see Mesos 3rdparty/libprocess include/process/limiter.hpp
import type { Clock, Timer } from "../../core/clock.ts";

/** Between two that wait there is a pause; the first after a quiet time goes at once. */
export class RateLimiter {
  readonly #pauseMs: number;
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #freeAtMs = 0;
  #timer: Timer | undefined;

  /** `perSecond` is positive. */
  constructor(perSecond: number, clock: Clock) {
    this.#pauseMs = 1000 / perSecond;
    this.#clock = clock;
  }

  /** Runs it when its turn comes, perhaps now. */
  take(run: () => void): void {
    const now = this.#clock.now();
    if (this.#waiting.length === 0 && now >= this.#freeAtMs) {
      this.#freeAtMs = now + this.#pauseMs;
      run();
      return;
    }
    this.#waiting.push(run);
    if (this.#waiting.length === 1) this.#wait();
  }

  /** Forgets those who wait. */
  close(): void {
    this.#timer?.cancel();
    this.#waiting.length = 0;
  }

  #wait(): void {
    this.#timer = this.#clock.after(Math.max(0, this.#freeAtMs - this.#clock.now()), () => {
      const run = this.#waiting.shift();
      this.#freeAtMs = this.#clock.now() + this.#pauseMs;
      if (this.#waiting.length > 0) this.#wait();
      run?.();
    });
  }
}
