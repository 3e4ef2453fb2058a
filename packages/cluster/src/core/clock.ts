// Time as an argument: the only module that reads the machine's clock or sets a real timer.

export interface Timer {
  cancel(): void;
}

/** The source of time. Times are milliseconds since 1970, durations milliseconds. */
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
