// Buffers of one size that are used again. Memory outside the heap that comes and goes makes V8 collect the whole heap
// each time 64 MB were asked for, a pause of 30 ms or more in a large cluster; memory that stays does not.
import type { Clock, Timer } from "../../../core/clock.ts";

/** Bytes in one buffer: few enough to write without delay, many enough that the overhead of a buffer does not count. */
export const BUFFER_BYTES = 256 * 1024;

/** Buffers that are kept: two documents of 64 MB, one being made while the other is being sent. */
const MAX_KEPT_BUFFERS = 512;

/** Without use for so long, all are let go. */
const KEEP_MS = 10_000;

/** Hands out buffers and takes them back; a buffer that does not come back is simply garbage. */
export class BufferPool {
  readonly #clock: Pick<Clock, "after">;
  #kept: Uint8Array[] = [];
  #letGo: Timer | undefined;

  constructor(clock: Pick<Clock, "after">) {
    this.#clock = clock;
  }

  /** A buffer of `BUFFER_BYTES` with anything in it. */
  take(): Uint8Array {
    return this.#kept.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }

  /** Buffers of `take` that nobody reads or writes any more. */
  give(buffers: readonly Uint8Array[]): void {
    this.#kept.push(...buffers.slice(0, MAX_KEPT_BUFFERS - this.#kept.length));
    this.#letGo?.cancel();
    this.#letGo = this.#clock.after(KEEP_MS, () => this.clear());
  }

  /** Lets go of all that are kept. */
  clear(): void {
    this.#letGo?.cancel();
    this.#kept = [];
  }
}
