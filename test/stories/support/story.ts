// What every story begins with: a folder of its own, and the promise that nothing of it is left behind.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Child, type ChildOptions } from "./child.ts";
import { processesOf } from "./processes.ts";
import { until } from "./until.ts";

/** The part of a test's context, or of a suite's hooks, that a story needs. */
export interface Cleanup {
  after(done: () => Promise<void>): void;
}

/** The root of the repository. */
export const root: string = new URL("../../..", import.meta.url).pathname.replace(/\/$/, "");

/** The `mezzo` command. */
export const mezzo: string = join(root, "packages/cluster/bin/mezzo");

export class Story {
  /** Removed at the end, with every process that works in it or names it. */
  readonly folder: string;
  readonly #children: Child[] = [];
  readonly #closers: (() => void | Promise<void>)[] = [];

  constructor(cleanup: Cleanup) {
    this.folder = mkdtempSync(join(tmpdir(), "mezzo-story-"));
    cleanup.after(() => this.#end());
  }

  /** Starts a process which ends with the story. */
  start(command: readonly string[], options: ChildOptions = {}): Child {
    const child = new Child(command, options);
    this.#children.push(child);
    return child;
  }

  /** Registers what else is to be closed, before processes are ended; the last one first. */
  closes(close: () => void | Promise<void>): void {
    this.#closers.unshift(close);
  }

  async #end(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    await this.#endProcesses();
    rmSync(this.folder, { recursive: true, force: true });
    if (failures.length > 0) throw failures[0];
  }

  async #endProcesses(): Promise<void> {
    for (const child of this.#children) if (child.isRunning) child.signal("SIGKILL");
    await until("no process of the story is left", () => {
      const left = processesOf(this.folder);
      for (const pid of left) process.kill(pid, "SIGKILL");
      return left.length === 0;
    });
    await Promise.all(this.#children.map(({ ended }) => ended.catch(() => undefined)));
  }
}
