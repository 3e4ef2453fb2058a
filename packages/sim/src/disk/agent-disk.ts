// An agent's disk: batches of checkpoints take time, and a crash may leave a batch half done.
import type { CheckpointRecord } from "../../../cluster/src/agent/checkpoint/record.ts";
import { type FileWrite, checkpointWrites } from "../../../cluster/src/agent/checkpoint/writes.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { SimClock } from "../time/sim-clock.ts";
import { MemoryTree } from "./memory-tree.ts";

export interface AgentDiskOptions {
  metaDir: string;
  /** Mean time for a batch of writes, milliseconds. */
  meanWriteMs: number;
}

/** Survives its agent's processes. */
export class AgentDisk {
  readonly tree = new MemoryTree();
  readonly #options: AgentDiskOptions;
  readonly #clock: SimClock;
  readonly #random: SeededRandom;
  #pending: { writes: FileWrite[]; cancel: () => void } | undefined;
  #bootId: string;

  constructor(options: AgentDiskOptions, { clock, random }: { clock: SimClock; random: SeededRandom }) {
    this.#options = options;
    this.#clock = clock;
    this.#random = random;
    this.#bootId = random.uuid();
  }

  get metaDir(): string {
    return this.#options.metaDir;
  }

  get bootId(): string {
    return this.#bootId;
  }

  /** Writes one batch; `done` is called when it is on the disk. One batch at a time. */
  save(records: readonly CheckpointRecord[], done: () => void): void {
    if (this.#pending !== undefined) throw new Error("Cannot save: the batch before is not on the disk yet");
    const context = { metaDir: this.#options.metaDir, bootId: this.#bootId };
    const writes = records.flatMap((record) => checkpointWrites(record, context));
    const timer = this.#clock.after(this.#random.exponential(this.#options.meanWriteMs), () => {
      this.#pending = undefined;
      for (const write of writes) this.tree.write(write);
      done();
    });
    this.#pending = { writes, cancel: () => timer.cancel() };
  }

  /** The process dies: of a batch on its way some writes are done, one perhaps in part, and the rest are not. */
  crash(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    pending.cancel();
    const whole = this.#random.integer(0, pending.writes.length);
    for (const write of pending.writes.slice(0, whole)) this.tree.write(write);
    const torn = pending.writes[whole];
    if (torn === undefined || !("bytes" in torn) || this.#random.chance(0.5)) return;
    this.tree.write(torn, this.#random.integer(0, Math.max(0, torn.bytes.length - 1)));
  }

  /** The machine was started anew. */
  reboot(): void {
    this.#bootId = this.#random.uuid();
  }
}
