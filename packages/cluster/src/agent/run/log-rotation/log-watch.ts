// Rotates the outputs of all containers by size, with every launcher and without a process of its own.
import { join } from "node:path";
import type { Environment } from "@mezzo/wire";
import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import { enterSandbox } from "../../sandbox/enter-sandbox.ts";
import type { HeldFolder } from "../../sandbox/held-folder.ts";
import { Rounds } from "../rounds.ts";
import { rotateFile } from "./rotate-file.ts";
import { OUTPUT_NAMES, rotationOf, type LogRotation } from "./rotation.ts";

/** How often sizes are looked at: a file can outgrow its limit by what is written meanwhile. */
const INTERVAL_MS = 1000;

/** Where a container writes. */
export interface WatchedSandbox {
  /** Its sandbox, absolute. */
  path: string;
  /** Of its command, which may change how it is rotated. */
  environment?: Environment | undefined;
}

export interface LogWatchDependencies {
  clock: Clock;
  logger: Logger;
  /** Those of what runs now. */
  sandboxes: () => Iterable<WatchedSandbox>;
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
    for (const { path, environment } of this.#dependencies.sandboxes()) {
      if (this.isClosed) return;
      await this.#rotate(path, rotationOf(this.#rotation, environment));
    }
  }

  async #rotate(sandbox: string, rotation: LogRotation): Promise<void> {
    const folder = enterIfPossible(sandbox);
    if (folder === undefined) return;
    try {
      for (const name of OUTPUT_NAMES) {
        await rotateFile(`${folder.pathForOthers}/${name}`, rotation[name]).catch((error: unknown) => {
          const path = join(sandbox, name);
          this.#dependencies.logger.warn("Cannot rotate an output", { path, reason: String(error) });
        });
      }
    } finally {
      folder.close();
    }
  }
}

/** One that is not there, or whose owner has put a link on the way to it, has nothing to rotate. */
function enterIfPossible(sandbox: string): HeldFolder | undefined {
  try {
    return enterSandbox(sandbox);
  } catch {
    return undefined;
  }
}
