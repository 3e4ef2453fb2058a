// Time that passes only when a test says so.
import type { Clock, Timer } from "../../core/clock.ts";

interface Pending {
  readonly atMs: number;
  readonly run: () => void;
}

/** A clock whose timers run inside `advance`, in order. */
export class ManualClock implements Clock {
  // 2026-11-22 15:54:52 UTC
  #nowMs = 1_795_362_892_000;
  readonly #pending = new Set<Pending>();

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): Timer {
    const pending = { atMs: this.#nowMs + delayMs, run };
    this.#pending.add(pending);
    return { cancel: () => this.#pending.delete(pending) };
  }

  /** Timers that wait. */
  get pendingCount(): number {
    return this.#pending.size;
  }

  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const due = [...this.#pending]
        .filter(({ atMs }) => atMs <= untilMs)
        .toSorted((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) {
        break;
      }
      this.#pending.delete(due);
      this.#nowMs = due.atMs;
      due.run();
    }
    this.#nowMs = untilMs;
  }
}
