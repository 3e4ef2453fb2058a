// Removes directories some time after they were last of use (`src/slave/gc.cpp`).
import { lutimes, stat, statfs } from "node:fs/promises";
import type { Clock, Timer } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { removeSandboxTree } from "../sandbox/remove-tree.ts";

export interface GarbageOptions {
  /** Only directories below it are ever removed. */
  workDir: string;
  gcDelayMs: number;
  /** Part of the disk that shall stay free. */
  diskHeadroom: number;
  diskWatchIntervalMs: number;
}

/** Remembered paths before the oldest go early: some hundred megabytes of memory on an agent with very many small tasks. */
const MAX_PATHS = 500_000;

/** Directories due for removal, the sooner the fuller the disk is. */
export class Garbage {
  readonly #counters = { succeeded: 0, failed: 0 };
  readonly #options: GarbageOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #removed: (path: string) => void;
  /** When each path may go, ms; earliest first. */
  readonly #due = new Map<string, number>();
  #timer: Timer | undefined;
  #closed = false;

  /** `removed` is told of every path that is gone, or was given up. */
  constructor(
    options: GarbageOptions,
    { clock, logger, removed }: { clock: Clock; logger: Logger; removed: (path: string) => void },
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
    this.#removed = removed;
  }

  /** For `gc/path_removals_*`. */
  get removals(): { succeeded: number; failed: number; pending: number } {
    return { ...this.#counters, pending: this.#due.size };
  }

  /** Removes the paths after `--gc_delay`, counted from now. Asking again starts anew. */
  schedule(paths: readonly string[]): void {
    const now = this.#clock.now();
    for (const path of paths) {
      if (!path.startsWith(`${this.#options.workDir}/`)) continue;
      this.#due.delete(path);
      this.#due.set(path, now + this.#options.gcDelayMs);
      // The age counts from here also for the next agent process.
      lutimes(path, now / 1000, now / 1000).catch(() => undefined);
    }
    if (this.#due.size > MAX_PATHS) this.#rearm(0);
    this.#arm();
  }

  /** Schedules paths by their age, what an earlier agent process left; `keep` takes them back at any time. */
  async scheduleByAge(paths: readonly string[]): Promise<void> {
    const now = this.#clock.now();
    const { gcDelayMs } = this.#options;
    for (const path of paths) this.#due.set(path, now + gcDelayMs);
    const found = await Promise.all(
      paths.map((path) =>
        stat(path).then(
          ({ mtimeMs }) => [path, now + Math.max(0, gcDelayMs - (now - mtimeMs))] as const,
          () => [path, undefined] as const,
        ),
      ),
    );
    for (const [path, due] of found) {
      if (!this.#due.has(path)) continue;
      if (due !== undefined) this.#due.set(path, due);
      else if (this.#due.delete(path)) this.#removed(path);
    }
    const inOrder = [...this.#due].sort(([, a], [, b]) => a - b);
    this.#due.clear();
    for (const [path, due] of inOrder) this.#due.set(path, due);
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#arm();
  }

  /** The paths are in use again. */
  keep(paths: readonly string[]): void {
    for (const path of paths) this.#due.delete(path);
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #arm(): void {
    const [next] = this.#due.values();
    if (this.#timer !== undefined || this.#closed || next === undefined) return;
    this.#rearm(Math.max(0, Math.min(next - this.#clock.now(), this.#options.diskWatchIntervalMs)));
  }

  #rearm(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.after(delayMs, () => {
      this.#timer = undefined;
      void this.#collect().finally(() => this.#arm());
    });
  }

  async #collect(): Promise<void> {
    const { gcDelayMs, diskHeadroom } = this.#options;
    const usage = await this.#diskUsage();
    // A full disk shortens the life of garbage: `Slave::age` of Mesos.
    const shorter = gcDelayMs * Math.min(1, Math.max(0, diskHeadroom + usage));
    const now = this.#clock.now();
    for (const [path, due] of this.#due) {
      if (this.#closed) return;
      if (due - shorter > now && this.#due.size <= MAX_PATHS) return;
      this.#due.delete(path);
      this.#logger.info("Deleting a directory", { path });
      try {
        await removeSandboxTree(path);
        this.#counters.succeeded += 1;
      } catch (error) {
        this.#counters.failed += 1;
        this.#logger.warn("Cannot delete a directory", { path, error: String(error) });
      }
      this.#removed(path);
    }
  }

  /** The share of the disk in use, 0 to 1; 0 when it cannot be told. */
  async #diskUsage(): Promise<number> {
    const disk = await statfs(this.#options.workDir).catch(() => undefined);
    return disk === undefined || disk.blocks === 0 ? 0 : 1 - disk.bavail / disk.blocks;
  }
}
