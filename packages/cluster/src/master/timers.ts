// Timers by key: setting a key again replaces its timer.
import type { Clock, Timer } from "../core/clock.ts";

/** The timers that a master's effects set and cancel. */
export class Timers {
  readonly #clock: Clock;
  readonly #timers = new Map<string, Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(key: string, delayMs: number, run: () => void): void {
    this.#timers.get(key)?.cancel();
    this.#timers.set(
      key,
      this.#clock.after(delayMs, () => {
        this.#timers.delete(key);
        run();
      }),
    );
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
