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

/** Whether a master may write: asked at the moment at which the store would do it. */
export interface Fence {
  /** False for a deposed master, whose writes are refused. */
  leads(): boolean;
  /** False while the master is cut off from the store. */
  reaches(): boolean;
  /** A write was refused. */
  refused(): void;
}

/** Commits that wait for the disk: the master has a handful for each agent at most. */
const MAX_WAITING_COMMITS = 100_000;

/** How often and how much longer than usual a commit takes on a disk that stalls. */
const STALL = { probability: 0.02, factor: 50 };

/** Between two tries of a master to reach the store, milliseconds. */
const RETRY_MS = 200;

export interface RegistryDiskOptions {
  meanCommitMs: number;
  /** Now and then a commit takes much longer. */
  stalls: boolean;
}

interface RegistryDiskDependencies {
  clock: SimClock;
  random: SeededRandom;
}

/** Survives the masters. */
export class RegistryDisk {
  readonly records = new Map<string, Uint8Array>();
  readonly #options: RegistryDiskOptions;
  readonly #dependencies: RegistryDiskDependencies;

  constructor(options: RegistryDiskOptions, dependencies: RegistryDiskDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  /** The whole registry as a new master reads it. */
  read(): Registry {
    return decodeRegistry(this.records);
  }

  /** For one master. */
  open(fence: Fence): RegistryWriter {
    return new RegistryWriter(this, fence, { ...this.#options, ...this.#dependencies });
  }

  /** Does what is asked, at once. */
  apply(operations: readonly RegistryOperation[]): void {
    for (const operation of operations) {
      for (const { key, value } of encodeOperation(operation)) {
        if (value === undefined) this.records.delete(key);
        else this.records.set(key, value);
      }
    }
  }
}

/** One master's way to the registry. */
export class RegistryWriter {
  readonly #disk: RegistryDisk;
  readonly #fence: Fence;
  readonly #with: RegistryDiskOptions & RegistryDiskDependencies;
  #waiting: Commit[] = [];
  #writing: Commit[] = [];
  #timer: { cancel(): void } | undefined;

  constructor(disk: RegistryDisk, fence: Fence, of: RegistryDiskOptions & RegistryDiskDependencies) {
    this.#disk = disk;
    this.#fence = fence;
    this.#with = of;
  }

  /** Commits that are not on the disk. */
  get waiting(): number {
    return this.#waiting.length + this.#writing.length;
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
    if (!this.#fence.leads() || !this.#fence.reaches()) return;
    for (const { operations } of open.slice(0, this.#with.random.integer(0, open.length))) {
      this.#disk.apply(operations);
    }
  }

  #writeNext(): void {
    this.#writing = this.#waiting;
    this.#waiting = [];
    if (this.#writing.length === 0) {
      this.#timer = undefined;
      return;
    }
    const { random, meanCommitMs, stalls } = this.#with;
    const factor = stalls && random.chance(STALL.probability) ? STALL.factor : 1;
    this.#writeIn(random.exponential(meanCommitMs * factor));
  }

  #writeIn(delayMs: number): void {
    this.#timer = this.#with.clock.after(delayMs, () => {
      if (!this.#fence.reaches()) return this.#writeIn(RETRY_MS);
      if (!this.#fence.leads()) return this.#fence.refused();
      const written = this.#writing;
      this.#writing = [];
      for (const { operations } of written) this.#disk.apply(operations);
      // Whoever is told may crash the master, which must find nothing left to write.
      this.#writeNext();
      for (const { done } of written) done();
      return undefined;
    });
  }
}
