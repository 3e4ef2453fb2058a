// Time as an argument, so that reconnection can be tested without waiting.

/** A timer that can be taken back. */
export interface Timer {
  cancel(): void;
}

/** The source of time: milliseconds since 1970, and delays in milliseconds. */
export interface Clock {
  now(): number;
  after(delayMs: number, run: () => void): Timer;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const handle = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};
