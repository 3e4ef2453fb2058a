// How much the agent logs: an operator may ask for more, for a while.
import type { Clock, Timer } from "../../core/clock.ts";
import type { LogLevel } from "../../core/line-logger.ts";
import type { Logger } from "../../core/logger.ts";

/** A logger; one whose level can be changed has `level`. */
type AdjustableLogger = Logger & { level?: LogLevel };

/**
 * The verbosity of glog: 0 unless raised; whatever is above 0 shows everything there is.
 * Follows `3rdparty/libprocess/src/logging.cpp`.
 */
export class LoggingLevel {
  readonly #logger: AdjustableLogger;
  readonly #clock: Clock;
  readonly #usual: LogLevel | undefined;
  #timer: Timer | undefined;
  #level = 0;

  constructor({ logger, clock }: { logger: AdjustableLogger; clock: Clock }) {
    this.#logger = logger;
    this.#clock = clock;
    this.#usual = logger.level;
  }

  get level(): number {
    return this.#level;
  }

  /** Sets the level; a raised one falls back after `durationMs`, counted from the last time it was set. */
  set(level: number, durationMs: number): void {
    this.#apply(level);
    this.#timer?.cancel();
    if (level > 0) this.#timer = this.#clock.after(durationMs, () => this.#apply(0));
  }

  close(): void {
    this.#timer?.cancel();
  }

  #apply(level: number): void {
    this.#level = level;
    if (this.#usual !== undefined) this.#logger.level = level > 0 ? "DEBUG" : this.#usual;
  }
}
