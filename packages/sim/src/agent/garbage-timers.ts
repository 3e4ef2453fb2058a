// Removes directories when their time has come, as `agent/run/garbage.ts` does on a disk that is never full.
import type { Timer } from "../../../cluster/src/core/clock.ts";
import type { AgentDisk } from "../disk/agent-disk.ts";
import type { Clock } from "../../../cluster/src/core/clock.ts";

/** The paths due for removal by one agent process. */
export class GarbageTimers {
  readonly #clock: Clock;
  readonly #disk: AgentDisk;
  readonly #due = new Map<string, Timer>();

  constructor(clock: Clock, disk: AgentDisk) {
    this.#clock = clock;
    this.#disk = disk;
  }

  schedule(paths: readonly string[], delayMs: number): void {
    for (const path of paths) {
      // Only checkpoints are on the simulated disk.
      if (!path.startsWith(this.#disk.metaDir)) continue;
      this.#due.get(path)?.cancel();
      this.#due.set(
        path,
        this.#clock.after(delayMs, () => {
          this.#due.delete(path);
          this.#disk.tree.remove(path);
        }),
      );
    }
  }

  keep(paths: readonly string[]): void {
    for (const path of paths) {
      this.#due.get(path)?.cancel();
      this.#due.delete(path);
    }
  }

  close(): void {
    for (const timer of this.#due.values()) timer.cancel();
    this.#due.clear();
  }
}
