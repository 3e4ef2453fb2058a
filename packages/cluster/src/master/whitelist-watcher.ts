// `--whitelist`: a file with the host names of the only agents to offer, read again and again.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Clock, Timer } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";

/** @see Mesos src/master/constants.hpp WHITELIST_WATCH_INTERVAL */
const WATCH_INTERVAL_MS = 5000;

interface WatcherDependencies {
  clock: Clock;
  logger: Logger;
  /** Called with the names when they have changed. */
  onChange: (hostnames: readonly string[]) => void;
}

function isSame(left: readonly string[] | undefined, right: readonly string[]): boolean {
  return (
    left !== undefined && left.length === right.length && left.every((name, index) => name === right[index])
  );
}

/** One name a line; blank lines are none. */
function namesIn(text: string): string[] {
  return [...new Set(text.split("\n").filter((line) => line !== ""))].sort();
}

/**
 * Watches until it is stopped. A file that cannot be read leaves the last names in force; an empty one lets no agent be offered.
 * @see Mesos src/watcher/whitelist_watcher.cpp
 */
export class WhitelistWatcher {
  readonly #path: string;
  readonly #dependencies: WatcherDependencies;
  #timer: Timer | undefined;
  #last: readonly string[] | undefined;
  #stopped = false;

  /** `path` may be `file:///path`. `*` stands for all agents, which is what no whitelist means. */
  constructor(path: string, dependencies: WatcherDependencies) {
    this.#path = path.startsWith("file://") ? fileURLToPath(path) : path;
    this.#dependencies = dependencies;
  }

  /** Resolves when the file has been read for the first time. */
  async start(): Promise<void> {
    if (this.#path === "*") {
      this.#dependencies.logger.warn("All agents are offered without a whitelist: leave --whitelist=* away");
      return;
    }
    await this.#read();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  async #read(): Promise<void> {
    const { clock, logger, onChange } = this.#dependencies;
    try {
      const names = namesIn(await readFile(this.#path, "utf8"));
      if (!this.#stopped && !isSame(this.#last, names)) {
        this.#last = names;
        onChange(names);
      }
    } catch (error) {
      logger.error("Cannot read the whitelist: the last one stays in force", {
        path: this.#path,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
    if (!this.#stopped) this.#timer = clock.after(WATCH_INTERVAL_MS, () => void this.#read());
  }
}
