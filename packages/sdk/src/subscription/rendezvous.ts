// Hands values from one side to an async iterator, one at a time: the giver waits until the taker wants the next.

/** An async iterable whose `put` resolves when the value has been dealt with. At most one value is held. */
export class Rendezvous<T> implements AsyncIterable<T> {
  #waiting: ((result: IteratorResult<T>) => void) | undefined;
  #fail: ((error: unknown) => void) | undefined;
  #held: { value: T } | undefined;
  #released: (() => void) | undefined;
  #end: { error?: unknown } | undefined;

  /** Gives a value; resolves when the taker has asked for the next one, or has gone. */
  put(value: T): Promise<void> {
    if (this.#end !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      this.#released = resolve;
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting === undefined) this.#held = { value };
      else waiting({ done: false, value });
    });
  }

  /** Ends the iteration, with an error if there is one. */
  end(error?: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = error === undefined ? {} : { error };
    this.#released?.();
    if (error === undefined) this.#waiting?.({ done: true, value: undefined });
    else this.#fail?.(error);
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return {
      next: () => this.#next(),
      return: () => {
        this.end();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  #next(): Promise<IteratorResult<T>> {
    const held = this.#held;
    if (held !== undefined) {
      this.#held = undefined;
      return Promise.resolve({ done: false, value: held.value });
    }
    this.#released?.();
    this.#released = undefined;
    if (this.#end?.error !== undefined) return Promise.reject(this.#end.error);
    if (this.#end !== undefined) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      this.#fail = reject;
    });
  }
}
