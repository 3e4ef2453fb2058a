// The master's registry: commits happen in order and take time; a crash leaves some of those on their way done.
import { decodeRegistry } from "../../../cluster/src/master/registry/decode-registry.ts";
import { encodeOperation } from "../../../cluster/src/master/registry/encode-operation.ts";
import type { RegistryOperation } from "../../../cluster/src/master/registry/operations.ts";
import type { Registry } from "@mezzo/wire";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { SimClock } from "../time/sim-clock.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("bounded-queues");

interface Commit {
  readonly operations: readonly RegistryOperation[];
  readonly done: () => void;
}

/** Commits that wait for the disk: the master has a handful for each agent at most. */
const MAX_WAITING_COMMITS = 100_000;

/** Survives the masters. */
export class RegistryDisk {
  readonly records = new Map<string, Uint8Array>();
  readonly #clock: SimClock;
  readonly #random: SeededRandom;
  readonly #meanCommitMs: number;
  #waiting: Commit[] = [];
  #writing: Commit[] = [];
  #timer: { cancel(): void } | undefined;

  constructor(meanCommitMs: number, { clock, random }: { clock: SimClock; random: SeededRandom }) {
    this.#meanCommitMs = meanCommitMs;
    this.#clock = clock;
    this.#random = random;
  }

  /** Commits that are not on the disk. */
  get waiting(): number {
    return this.#waiting.length + this.#writing.length;
  }

  /** The whole registry as a new master reads it. */
  read(): Registry {
    return decodeRegistry(this.records);
  }

  /** `done` is called when the operations are on the disk. What waits together is written together. */
  commit(operations: readonly RegistryOperation[], done: () => void): void {
    if (this.waiting >= MAX_WAITING_COMMITS) violate(`${this.waiting} commits wait for the registry's disk`);
    this.#waiting.push({ operations, done });
    if (this.#timer === undefined) this.#writeNext();
  }

  /** The master dies: some of the commits on their way, in their order, are done; nobody is told. */
  crash(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const open = [...this.#writing, ...this.#waiting];
    this.#writing = [];
    this.#waiting = [];
    for (const { operations } of open.slice(0, this.#random.integer(0, open.length))) this.#apply(operations);
  }

  #writeNext(): void {
    this.#writing = this.#waiting;
    this.#waiting = [];
    if (this.#writing.length === 0) {
      this.#timer = undefined;
      return;
    }
    this.#timer = this.#clock.after(this.#random.exponential(this.#meanCommitMs), () => {
      const written = this.#writing;
      this.#writing = [];
      for (const { operations } of written) this.#apply(operations);
      // Whoever is told may crash the master, which must find nothing left to write.
      this.#writeNext();
      for (const { done } of written) done();
    });
  }

  #apply(operations: readonly RegistryOperation[]): void {
    for (const operation of operations) {
      for (const { key, value } of encodeOperation(operation)) {
        if (value === undefined) this.records.delete(key);
        else this.records.set(key, value);
      }
    }
  }
}
