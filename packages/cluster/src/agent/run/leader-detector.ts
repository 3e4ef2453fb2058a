// Finds the leader of several masters, and says whenever it is another one.
import { type LeaderWatch, watchLeader } from "@mezzo/sdk";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";

export interface LeaderDetectorDependencies {
  clock: Clock;
  logger: Logger;
  /** The pid of the one that leads; undefined: none does. */
  detected: (pid: string | undefined) => void;
}

/** One watch on the election's place. */
export class LeaderDetector {
  readonly #dependencies: LeaderDetectorDependencies;
  #watch: LeaderWatch | undefined;
  #known: { pid: string | undefined } | undefined;
  #closed = false;

  constructor(
    { url, sessionTimeoutMs }: { url: string; sessionTimeoutMs: number },
    dependencies: LeaderDetectorDependencies,
  ) {
    this.#dependencies = dependencies;
    const { clock, logger } = dependencies;
    watchLeader(url, {
      clock,
      sessionTimeoutMs,
      listener: {
        changed: (leader) => {
          this.#known = { pid: leader?.pid };
          this.ask();
        },
        failed: (reason) => logger.error("Cannot find the leading master", { reason }),
      },
    }).then(
      (watch) => {
        this.#watch = watch;
        if (this.#closed) watch.close();
      },
      (error: unknown) => logger.error("Cannot look for the leading master", { reason: String(error) }),
    );
  }

  /** Says again who leads, if that is known. */
  ask(): void {
    if (this.#known !== undefined && !this.#closed) this.#dependencies.detected(this.#known.pid);
  }

  close(): void {
    this.#closed = true;
    this.#watch?.close();
  }
}
