// The registry in one SQLite file: durable without another service, the embedded default.
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Clock } from "../core/clock.ts";
import { openDatabase } from "./open-database.ts";
import {
  type RegistryChange,
  type RegistryStore,
  RegistryStoreError,
  sizeOfChanges,
} from "./registry-store.ts";

export interface SqliteStoreOptions {
  /** The file, created with its folder when missing; `-wal` stands beside it while it is open. */
  path: string;
  /** Refuses to make the file. */
  mustExist?: boolean;
}

export interface SqliteStoreDependencies {
  clock: Clock;
}

/** Changes in one transaction: about 3 ms, for SQLite runs in the master's own thread. A larger commit stays whole. */
const MAX_TRANSACTION_CHANGES = 1000;

/** What may wait to be written: 10,000 agents admitted at once need about 10 MB. */
const MAX_QUEUED_BYTES = 256 * 1024 * 1024;

/** The longest pause after a slow transaction: the store takes half of the thread's time at most, but answers soon. */
const MAX_PAUSE_MS = 20;

interface QueuedCommit {
  changes: readonly RegistryChange[];
  sizeBytes: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Group commit: everything that arrives before the next turn of the event loop goes into one transaction with one sync,
 * so the sync's cost is shared by all who wait for it.
 */
export class SqliteStore implements RegistryStore {
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  readonly #clock: Clock;
  readonly #queue: QueuedCommit[] = [];
  #queuedBytes = 0;
  #scheduled = false;
  #pauseMs = 0;
  #closed = false;
  /** Of a write that is not there, or whose end is unknown: what comes after it must not be there without it. */
  #failure: RegistryStoreError | undefined;

  /** Opens the file; throws a RegistryStoreError that says what to do when it cannot. */
  constructor(options: SqliteStoreOptions, dependencies: SqliteStoreDependencies) {
    this.#clock = dependencies.clock;
    this.#database = openDatabase(options.path, { mustExist: options.mustExist ?? false });
    this.#put = this.#database.prepare("INSERT OR REPLACE INTO registry (key, value) VALUES (?, ?)");
    this.#remove = this.#database.prepare("DELETE FROM registry WHERE key = ?");
  }

  load(): Promise<Map<string, Uint8Array>> {
    const records = new Map<string, Uint8Array>();
    for (const { key, value } of this.#database.prepare("SELECT key, value FROM registry").iterate()) {
      if (typeof key === "string" && value instanceof Uint8Array) records.set(key, value);
    }
    return Promise.resolve(records);
  }

  commit(changes: readonly RegistryChange[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new RegistryStoreError("closed", "Cannot commit to the registry: it is closed");
      if (this.#failure !== undefined) throw this.#failure;
      const sizeBytes = sizeOfChanges(changes);
      if (this.#queuedBytes + sizeBytes > MAX_QUEUED_BYTES) {
        const message = `Cannot commit to the registry: ${this.#queuedBytes} bytes wait to be written already`;
        throw new RegistryStoreError("overloaded", message);
      }
      this.#queue.push({ changes, sizeBytes, resolve, reject });
      this.#queuedBytes += sizeBytes;
      this.#schedule();
    });
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#closed = true;
    while (this.#queue.length > 0) this.#writeGroup();
    this.#dropLog();
    this.#database.close();
    return Promise.resolve();
  }

  #dropLog(): void {
    try {
      this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {
      // It takes room, of which there may be none. What stays in the log is on the disk, and read when the file is opened.
    }
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    const write = (): void => {
      this.#scheduled = false;
      if (this.#closed) return;
      const startedAtMs = this.#clock.now();
      this.#writeGroup();
      this.#pauseMs = Math.min(this.#clock.now() - startedAtMs, MAX_PAUSE_MS);
      if (this.#queue.length > 0) this.#schedule();
    };
    if (this.#pauseMs > 1) this.#clock.after(this.#pauseMs, write);
    else setImmediate(write);
  }

  #takeGroup(): QueuedCommit[] {
    let count = 0;
    let changes = 0;
    for (const queued of this.#queue) {
      if (count > 0 && changes + queued.changes.length > MAX_TRANSACTION_CHANGES) break;
      changes += queued.changes.length;
      this.#queuedBytes -= queued.sizeBytes;
      count++;
    }
    return this.#queue.splice(0, count);
  }

  #writeGroup(): void {
    const group = this.#takeGroup();
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      for (const { changes } of group) {
        for (const { key, value } of changes) {
          if (value === undefined) this.#remove.run(key);
          else this.#put.run(key, value);
        }
      }
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#fail(group, error);
      return;
    }
    for (const queued of group) queued.resolve();
  }

  /** As Mesos' registrar: nothing is written any more, and the master ends. */
  #fail(group: readonly QueuedCommit[], error: unknown): void {
    const details = error instanceof Error ? error.message : String(error);
    const message = `Cannot commit to the registry: ${details}`;
    const failure = new RegistryStoreError("failed", message, { cause: error });
    this.#failure = failure;
    this.#queuedBytes = 0;
    for (const { reject } of [...group, ...this.#queue.splice(0)]) reject(failure);
    this.#rollBack();
  }

  #rollBack(): void {
    // SQLite has rolled back itself on some errors, such as a full disk.
    if (!this.#database.isTransaction) return;
    try {
      this.#database.exec("ROLLBACK");
    } catch {
      // The commit's own error is what is told. What was not committed is rolled back when the file is opened again.
    }
  }
}
