// Removes directories some time after they were last of use (`src/slave/gc.cpp`).
import { lstatSync, lutimesSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock, Timer } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { atSandbox } from "../sandbox/enter-sandbox.ts";
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

/** An agent that comes back may find very many: others have their turn between them. */
const LOOKS_PER_TURN = 100;

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
      touch(path, now);
    }
    if (this.#due.size > MAX_PATHS) this.#rearm(0);
    this.#arm();
  }

  /** Schedules paths by their age, what an earlier agent process left; `keep` takes them back at any time. */
  async scheduleByAge(paths: readonly string[]): Promise<void> {
    const now = this.#clock.now();
    const { gcDelayMs } = this.#options;
    for (const path of paths) this.#due.set(path, now + gcDelayMs);
    for (const [index, path] of paths.entries()) {
      if (index % LOOKS_PER_TURN === LOOKS_PER_TURN - 1) await nextTurn();
      if (!this.#due.has(path)) continue;
      const changedAt = changedAtMs(path);
      if (changedAt !== undefined) this.#due.set(path, now + Math.max(0, gcDelayMs - (now - changedAt)));
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

/** Sets when it was last of use. Not through a link that a task has put in the way, nor for what is gone. */
function touch(path: string, nowMs: number): void {
  try {
    atSandbox(path, (held) => lutimesSync(held, nowMs / 1000, nowMs / 1000));
  } catch {
    // Its age counts from when it changed, then.
  }
}

/** Undefined when it is gone, or behind a link. */
function changedAtMs(path: string): number | undefined {
  try {
    return atSandbox(path, (held) => lstatSync(held).mtimeMs);
  } catch {
    return undefined;
  }
}
