// Whether a program that writes into a folder gets anywhere: it tells nothing of its progress, but what lies there grows.
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Timer } from "../../core/clock.ts";

export interface GrowthOptions {
  /** As long as nothing more may come, ms. */
  stallTimeoutMs: number;
  /** Between two looks, ms. */
  lookEveryMs: number;
  /** The most that may come. */
  maxBytes?: number;
}

export class Growth {
  readonly #folder: string;
  readonly #options: GrowthOptions;
  readonly #clock: Clock;
  readonly #abort = new AbortController();
  #bytes = 0;
  /** How long nothing came. Times between looks are added up: the machine's clock may be set meanwhile. */
  #quietMs = 0;
  #timer: Timer | undefined;
  #stopped = false;

  /** Watches from now on, until it is stopped. */
  constructor(folder: string, options: GrowthOptions, clock: Clock) {
    this.#folder = folder;
    this.#options = options;
    this.#clock = clock;
    // What is there already is none of its work.
    this.#look(0);
  }

  /** Aborted when nothing more comes, or too much, with an error that says so. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #look(passedMs: number): void {
    void this.#measure(passedMs).then(() => this.#lookLater());
  }

  #lookLater(): void {
    if (this.#stopped || this.signal.aborted) return;
    const { stallTimeoutMs, lookEveryMs } = this.#options;
    const delayMs = Math.min(stallTimeoutMs, lookEveryMs);
    this.#timer = this.#clock.after(delayMs, () => this.#look(delayMs));
  }

  async #measure(passedMs: number): Promise<void> {
    const { stallTimeoutMs, maxBytes = Infinity } = this.#options;
    const bytes = await bytesBelow(this.#folder);
    this.#quietMs = bytes > this.#bytes ? 0 : this.#quietMs + passedMs;
    this.#bytes = bytes;
    if (bytes > maxBytes) this.#abort.abort(new Error(`More than ${maxBytes} bytes`));
    if (this.#quietMs < stallTimeoutMs) return;
    this.#abort.abort(new Error(`nothing received for ${stallTimeoutMs / 1000} seconds`));
  }
}

/** In the files below a folder; what is gone meanwhile counts nothing. */
async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    bytes += await lstat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return bytes;
}
