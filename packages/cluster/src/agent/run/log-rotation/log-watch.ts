// Rotates the outputs of all executors and their tasks by size, with every launcher and without a process of its own.
import { join } from "node:path";
import type { Clock, Timer } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import type { ExecutorState } from "../../state.ts";
import { rotateFile } from "./rotate-file.ts";
import { OUTPUT_NAMES, rotationOf, type LogRotation } from "./rotation.ts";

/** How often sizes are looked at: a file can outgrow its limit by what is written meanwhile. */
const INTERVAL_MS = 1000;

export interface LogWatchDependencies {
  clock: Clock;
  logger: Logger;
  /** Those that run now. */
  executors: () => Iterable<ExecutorState>;
  /** The sandboxes of an executor and of its tasks. */
  sandboxesOf: (executor: ExecutorState) => string[];
}

export class LogWatch {
  readonly #rotation: LogRotation;
  readonly #dependencies: LogWatchDependencies;
  #timer: Timer | undefined;
  #closed = false;

  constructor(rotation: LogRotation, dependencies: LogWatchDependencies) {
    this.#rotation = rotation;
    this.#dependencies = dependencies;
  }

  /** Begins to look, again and again. */
  start(): void {
    if (this.#closed) return;
    this.#timer = this.#dependencies.clock.after(
      INTERVAL_MS,
      () => void this.#round().then(() => this.start()),
    );
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  async #round(): Promise<void> {
    for (const executor of this.#dependencies.executors()) {
      const rotation = rotationOf(this.#rotation, executor.info.command?.environment);
      for (const sandbox of this.#dependencies.sandboxesOf(executor)) {
        for (const name of OUTPUT_NAMES) {
          if (this.#closed) return;
          const path = join(sandbox, name);
          await rotateFile(path, rotation[name]).catch((error: unknown) => {
            this.#dependencies.logger.warn("Cannot rotate an output", { path, reason: String(error) });
          });
        }
      }
    }
  }
}
