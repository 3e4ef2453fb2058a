// Timers by key: setting a key again replaces its timer.
import type { Clock, Timer } from "../core/clock.ts";

/** The longest wait that a timer of the machine can hold; failover timeouts may be years. Milliseconds. */
const MAX_WAIT_MS = 2 ** 31 - 1;

/** The timers that a master's effects set and cancel. */
export class Timers {
  readonly #clock: Clock;
  readonly #timers = new Map<string, Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(key: string, delayMs: number, run: () => void): void {
    this.#timers.get(key)?.cancel();
    const restMs = delayMs - MAX_WAIT_MS;
    const timer =
      restMs > 0
        ? this.#clock.after(MAX_WAIT_MS, () => this.set(key, restMs, run))
        : this.#clock.after(delayMs, () => {
            this.#timers.delete(key);
            run();
          });
    this.#timers.set(key, timer);
  }

  cancel(key: string): void {
    this.#timers.get(key)?.cancel();
    this.#timers.delete(key);
  }

  cancelAll(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }
}
