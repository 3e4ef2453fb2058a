// Simulated time: events in order of time, then of creation. Nothing else makes time pass.
import type { Clock, Timer } from "../../../cluster/src/core/clock.ts";

interface ScheduledEvent {
  readonly atUs: number;
  readonly sequence: number;
  run: (() => void) | undefined;
}

const MICROSECONDS_PER_MS = 1000;

/** When every simulated cluster begins: 2026-10-01 00:00:00 UTC, ms. */
export const EPOCH_MS = 1_790_812_800_000;

/** A clock whose events run one by one in `runNext`. Inside it counts microseconds, outside milliseconds. */
export class SimClock implements Clock {
  #nowUs = EPOCH_MS * MICROSECONDS_PER_MS;
  #nextSequence = 0;
  readonly #heap: ScheduledEvent[] = [];
  #waiting = 0;

  /** Whole milliseconds since 1970, as the machine's clock gives them. */
  now(): number {
    return Math.floor(this.#nowUs / MICROSECONDS_PER_MS);
  }

  /** Microseconds since 1970. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** Milliseconds since the simulation began. */
  get elapsedMs(): number {
    return this.#nowUs / MICROSECONDS_PER_MS - EPOCH_MS;
  }

  /** Events that wait. */
  get waiting(): number {
    return this.#waiting;
  }

  after(delayMs: number, run: () => void): Timer {
    const atUs = this.#nowUs + Math.max(0, Math.round(delayMs * MICROSECONDS_PER_MS));
    const event: ScheduledEvent = { atUs, sequence: this.#nextSequence++, run };
    this.#push(event);
    this.#waiting += 1;
    return {
      cancel: () => {
        if (event.run === undefined) return;
        event.run = undefined;
        this.#waiting -= 1;
      },
    };
  }

  /** Runs the next event at its time. False when none is left, or none before `untilMs` after the beginning. */
  runNext(untilMs = Number.POSITIVE_INFINITY): boolean {
    for (;;) {
      const event = this.#heap[0];
      if (event === undefined) return false;
      if (event.atUs / MICROSECONDS_PER_MS - EPOCH_MS > untilMs) return false;
      this.#pop();
      const { run } = event;
      if (run === undefined) continue;
      event.run = undefined;
      this.#waiting -= 1;
      this.#nowUs = event.atUs;
      run();
      return true;
    }
  }

  /** Moves time on to so many milliseconds after the beginning; events before that must have run. */
  passUntil(untilMs: number): void {
    this.#nowUs = Math.max(this.#nowUs, Math.round((EPOCH_MS + untilMs) * MICROSECONDS_PER_MS));
  }

  #push(event: ScheduledEvent): void {
    const heap = this.#heap;
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent]!;
      if (!isBefore(event, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(left: ScheduledEvent, right: ScheduledEvent): boolean {
  return left.atUs < right.atUs || (left.atUs === right.atUs && left.sequence < right.sequence);
}
