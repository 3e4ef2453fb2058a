// Removes directories some time after they were last of use (`src/slave/gc.cpp`).
import { rm, stat, statfs, utimes } from "node:fs/promises";
import type { Clock, Timer } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";

export interface GarbageOptions {
  /** Only directories below it are ever removed. */
  workDir: string;
  gcDelayMs: number;
  /** Part of the disk that shall stay free. */
  diskHeadroom: number;
  diskWatchIntervalMs: number;
}

/** Directories due for removal, the sooner the fuller the disk is. */
export class Garbage {
  readonly #options: GarbageOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  /** When each path may go, ms. */
  readonly #due = new Map<string, number>();
  #timer: Timer | undefined;
  #closed = false;

  constructor(options: GarbageOptions, { clock, logger }: { clock: Clock; logger: Logger }) {
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Removes the paths after `delayMs`, counted from now. Asking again starts anew. */
  schedule(paths: readonly string[], delayMs: number): void {
    const now = this.#clock.now();
    for (const path of paths) {
      if (!path.startsWith(`${this.#options.workDir}/`)) continue;
      this.#due.set(path, now + delayMs);
      // The age counts from here also for the next agent process.
      utimes(path, now / 1000, now / 1000).catch(() => undefined);
    }
    this.#arm();
  }

  /** Schedules a path by its age: what an earlier agent process left. */
  async scheduleByAge(path: string): Promise<void> {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return;
    const age = this.#clock.now() - found.mtimeMs;
    this.#due.set(path, this.#clock.now() + Math.max(0, this.#options.gcDelayMs - age));
    this.#arm();
  }

  /** The paths are in use again. */
  keep(paths: readonly string[]): void {
    for (const path of paths) this.#due.delete(path);
  }

  /** The share of the disk in use, 0 to 1; 0 when it cannot be told. */
  async diskUsage(): Promise<number> {
    const disk = await statfs(this.#options.workDir).catch(() => undefined);
    return disk === undefined || disk.blocks === 0 ? 0 : 1 - disk.bavail / disk.blocks;
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #arm(): void {
    if (this.#timer !== undefined || this.#closed || this.#due.size === 0) return;
    const next = Math.min(...this.#due.values()) - this.#clock.now();
    const delayMs = Math.max(0, Math.min(next, this.#options.diskWatchIntervalMs));
    this.#timer = this.#clock.after(delayMs, () => {
      this.#timer = undefined;
      void this.#collect().finally(() => this.#arm());
    });
  }

  async #collect(): Promise<void> {
    const { gcDelayMs, diskHeadroom } = this.#options;
    const usage = await this.diskUsage();
    // A full disk shortens the life of garbage: `Slave::age` of Mesos.
    const allowed = gcDelayMs * Math.max(0, 1 - diskHeadroom - usage);
    const now = this.#clock.now();
    const ready = [...this.#due].filter(([, due]) => due <= now || due - gcDelayMs + allowed <= now);
    for (const [path] of ready) {
      if (this.#closed || !this.#due.delete(path)) continue;
      this.#logger.info("Deleting a directory", { path });
      await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
        this.#logger.warn("Cannot delete a directory", { path, error: String(error) });
      });
    }
  }
}
