// Rotates the outputs of all executors and their tasks by size, with every launcher and without a process of its own.
import { join } from "node:path";
import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import { Rounds } from "../rounds.ts";
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

export class LogWatch extends Rounds {
  readonly #rotation: LogRotation;
  readonly #dependencies: LogWatchDependencies;

  constructor(rotation: LogRotation, dependencies: LogWatchDependencies) {
    super({ clock: dependencies.clock, intervalMs: INTERVAL_MS });
    this.#rotation = rotation;
    this.#dependencies = dependencies;
  }

  protected async round(): Promise<void> {
    for (const executor of this.#dependencies.executors()) {
      const rotation = rotationOf(this.#rotation, executor.info.command?.environment);
      for (const sandbox of this.#dependencies.sandboxesOf(executor)) {
        for (const name of OUTPUT_NAMES) {
          if (this.isClosed) return;
          const path = join(sandbox, name);
          await rotateFile(path, rotation[name]).catch((error: unknown) => {
            this.#dependencies.logger.warn("Cannot rotate an output", { path, reason: String(error) });
          });
        }
      }
    }
  }
}
