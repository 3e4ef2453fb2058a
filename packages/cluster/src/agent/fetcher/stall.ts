// Gives up a download that brings nothing for a while.
import type { Timer } from "../../core/clock.ts";
import type { FetchContext } from "./fetch-context.ts";

export class Stall {
  readonly #abort = new AbortController();
  readonly #context: FetchContext;
  #timer: Timer;

  /** The time runs from now on. */
  constructor(context: FetchContext) {
    this.#context = context;
    this.#timer = this.#arm();
  }

  /** Aborted when nothing came for the stall timeout, with an error that says so. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  progress(): void {
    this.#timer.cancel();
    this.#timer = this.#arm();
  }

  stop(): void {
    this.#timer.cancel();
  }

  #arm(): Timer {
    const { clock, stallTimeoutMs } = this.#context;
    return clock.after(stallTimeoutMs, () =>
      this.#abort.abort(
        new Error(`Error downloading resource: nothing received for ${stallTimeoutMs / 1000} seconds`),
      ),
    );
  }
}
