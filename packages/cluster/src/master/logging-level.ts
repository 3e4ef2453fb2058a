// How much the master logs: an operator may ask for more, for a while.
import type { LogLevel } from "../core/line-logger.ts";
import type { Logger } from "../core/logger.ts";
import type { Timers } from "./timers.ts";

/** A logger; one whose level can be changed has `level`. */
export type AdjustableLogger = Logger & { level?: LogLevel };

/** Key of the timer that ends a raised level. */
const TIMER_KEY = "logging-level";

/**
 * The verbosity of glog, as Mesos' operators know it: 0 unless raised, and whatever is above 0 shows everything there is.
 * @see Mesos 3rdparty/libprocess/src/logging.cpp
 */
export class LoggingLevel {
  readonly #logger: AdjustableLogger;
  readonly #timers: Timers;
  readonly #usual: LogLevel | undefined;
  #level = 0;

  constructor({ logger, timers }: { logger: AdjustableLogger; timers: Timers }) {
    this.#logger = logger;
    this.#timers = timers;
    this.#usual = logger.level;
  }

  get level(): number {
    return this.#level;
  }

  /** Sets the level; a raised one falls back after `durationMs`, counted from the last time it was set. */
  set(level: number, durationMs: number): void {
    this.#apply(level);
    this.#timers.cancel(TIMER_KEY);
    if (level > 0) this.#timers.set(TIMER_KEY, durationMs, () => this.#apply(0));
  }

  #apply(level: number): void {
    this.#level = level;
    if (this.#usual !== undefined) this.#logger.level = level > 0 ? "DEBUG" : this.#usual;
  }
}
