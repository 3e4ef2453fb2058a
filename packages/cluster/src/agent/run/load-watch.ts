// Looks at the machine's load for the QoS controller (src/slave/qos_controllers/load.cpp of Mesos).
import type { Clock, Timer } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";

/** Load averages above which the machine has too much to do. */
export interface LoadThresholds {
  fiveMinutes?: number;
  fifteenMinutes?: number;
}

export interface LoadWatchOptions {
  thresholds: LoadThresholds;
  /** `--qos_correction_interval_min`. */
  intervalMs: number;
}

export interface LoadWatchDependencies {
  clock: Clock;
  logger: Logger;
  /** Of the last 1, 5 and 15 minutes. */
  load: () => number[];
  overloaded: () => void;
}

/** The kernel computes its averages every five seconds: to look more often shows nothing new. */
const MIN_INTERVAL_MS = 1000;

export class LoadWatch {
  readonly #options: LoadWatchOptions;
  readonly #dependencies: LoadWatchDependencies;
  #timer: Timer | undefined;

  constructor(options: LoadWatchOptions, dependencies: LoadWatchDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  /** Begins to look, again and again. */
  start(): void {
    this.#timer = this.#dependencies.clock.after(Math.max(MIN_INTERVAL_MS, this.#options.intervalMs), () => {
      this.#look();
      this.start();
    });
  }

  close(): void {
    this.#timer?.cancel();
  }

  #look(): void {
    const [, five = 0, fifteen = 0] = this.#dependencies.load();
    const { fiveMinutes = Infinity, fifteenMinutes = Infinity } = this.#options.thresholds;
    if (five <= fiveMinutes && fifteen <= fifteenMinutes) return;
    const facts = { five, fifteen, ...this.#options.thresholds };
    this.#dependencies.logger.info("The system's load average exceeds its threshold", facts);
    this.#dependencies.overloaded();
  }
}
