// A disk of a story that is soon full: a file system in memory, which root alone can mount.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Story } from "../../stories/support/story.ts";

/** Part of every machine. */
const [MOUNT, UNMOUNT] = ["mount", "umount"] as const;

export class SmallDisk {
  readonly folder: string;
  readonly #sizeKb: number;

  /** Mounted until the story ends. */
  constructor(story: Story, { name, sizeKb }: { name: string; sizeKb: number }) {
    this.folder = join(story.folder, name);
    this.#sizeKb = sizeKb;
    mkdirSync(this.folder);
    execFileSync(MOUNT, ["-t", "tmpfs", "-o", `size=${sizeKb}k`, "mezzo-story", this.folder]);
    // Whoever works in there is ended after that.
    story.closes(() => void execFileSync(UNMOUNT, ["--lazy", this.folder]));
  }

  /** Until nothing fits any more. */
  fill(): void {
    try {
      writeFileSync(this.#ballast, Buffer.alloc(2 * this.#sizeKb * 1024));
    } catch (error) {
      if (!String(error).includes("ENOSPC")) throw error;
    }
  }

  makeRoom(): void {
    rmSync(this.#ballast);
  }

  get #ballast(): string {
    return join(this.folder, "ballast");
  }
}
