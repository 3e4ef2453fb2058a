// A clock whose timers leave room for everything else. Ten thousand agents that came in the same second are pinged in
// the same second ever after, and Node runs all timers that are due before it looks at a socket again.
import type { Clock, Timer } from "./clock.ts";

/** Timers in one turn of the event loop: a millisecond or two of work. */
const MAX_RUNS_A_TURN = 64;

/** The same time; of many timers that are due at once, some run in later turns, in the same order. */
export class PacedClock implements Clock {
  readonly #clock: Clock;
  readonly #nextTurn: (run: () => void) => void;
  #late: { cancelled: boolean; run: () => void }[] = [];
  #runs = 0;

  /** `nextTurn` runs something when what has arrived meanwhile has had its turn. */
  constructor(clock: Clock, nextTurn: (run: () => void) => void = setImmediate) {
    this.#clock = clock;
    this.#nextTurn = nextTurn;
  }

  now(): number {
    return this.#clock.now();
  }

  after(delayMs: number, run: () => void): Timer {
    const entry = { cancelled: false, run };
    const timer = this.#clock.after(delayMs, () => {
      if (this.#runs < MAX_RUNS_A_TURN && this.#late.length === 0) this.#run(run);
      else this.#late.push(entry);
    });
    return {
      cancel: () => {
        entry.cancelled = true;
        timer.cancel();
      },
    };
  }

  #run(run: () => void): void {
    this.#runs += 1;
    if (this.#runs === 1) this.#nextTurn(() => this.#runLate());
    run();
  }

  #runLate(): void {
    this.#runs = 0;
    for (const { cancelled, run } of this.#late.splice(0, MAX_RUNS_A_TURN)) if (!cancelled) this.#run(run);
    // All of these may have been cancelled.
    if (this.#runs === 0 && this.#late.length > 0) this.#nextTurn(() => this.#runLate());
  }
}
