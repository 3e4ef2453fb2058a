// Writes of all sockets of a turn of the event loop, made together at its end.

/** Something with gathered output. */
export interface Flushable {
  flush(): void;
}

/**
 * Calls `flush` once for each scheduled object after the input of this turn has been handled, so that a hundred
 * messages for one peer cost one write. Objects remember themselves whether they are scheduled.
 */
export class FlushQueue {
  #waiting: Flushable[] = [];

  schedule(item: Flushable): void {
    this.#waiting.push(item);
    if (this.#waiting.length === 1) {
      setImmediate(this.#run);
    }
  }

  readonly #run = (): void => {
    const items = this.#waiting;
    this.#waiting = [];
    for (const item of items) {
      item.flush();
    }
  };
}
