// Rotates the outputs of all containers by size, with every launcher and without a process of its own.
import { join } from "node:path";
import type { Environment } from "@mezzo/wire";
import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import { resolveInside } from "../../sandbox/resolve-inside.ts";
import { Rounds } from "../rounds.ts";
import { rotateFile } from "./rotate-file.ts";
import { OUTPUT_NAMES, rotationOf, type LogRotation, type Rotation } from "./rotation.ts";

/** How often sizes are looked at: a file can outgrow its limit by what is written meanwhile. */
const INTERVAL_MS = 1000;

/** Where a container writes. */
export interface WatchedSandbox {
  /** The sandbox of the outermost container. */
  root: string;
  /** The path from there to a nested one: its user, who owns the root, may have put a link in between. */
  within?: string;
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
    for (const sandbox of this.#dependencies.sandboxes()) {
      const rotation = rotationOf(this.#rotation, sandbox.environment);
      for (const name of OUTPUT_NAMES) {
        if (this.isClosed) return;
        await this.#rotate(sandbox, { name, rotation: rotation[name] });
      }
    }
  }

  async #rotate(
    { root, within }: WatchedSandbox,
    { name, rotation }: { name: string; rotation: Rotation },
  ): Promise<void> {
    const path = join(root, within ?? "", name);
    try {
      if (within !== undefined && (await resolveInside(root, join(within, name))) === undefined) return;
      await rotateFile(path, rotation);
    } catch (error) {
      this.#dependencies.logger.warn("Cannot rotate an output", { path, reason: String(error) });
    }
  }
}
