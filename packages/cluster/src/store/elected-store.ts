// The registry where the masters elect one of them: what waits is written together, in order, and again until it is known
// to be there.
import type { Clock } from "../core/clock.ts";
import { type Changes, type FencedRecords, StoreAwayError } from "./fenced-records.ts";
import { decodePart, encodePart, isJournal, journalHead, journalPart, splitChanges } from "./journal.ts";
import {
  type RegistryChange,
  type RegistryStore,
  RegistryStoreError,
  missingRegistry,
  sizeOfChanges,
} from "./registry-store.ts";

/** Commits that wait: a master has a handful for each agent at most. */
const MAX_WAITING_COMMITS = 100_000;

/** What may wait to be written: 10,000 agents admitted at once need about 10 MB. */
const MAX_WAITING_BYTES = 256 * 1024 * 1024;

/** Between two tries, milliseconds. */
const RETRY_MS = 250;

/** What an operator may say of the registry. */
export interface ElectedStoreOptions {
  /** How long a write is tried again: `--registry_store_timeout`, milliseconds. */
  storeTimeoutMs: number;
  /** How long reading is tried again: `--registry_fetch_timeout`, milliseconds. */
  fetchTimeoutMs: number;
  /** A registry that is not there is not made: `--log_auto_initialize=false`. */
  mustExist: boolean;
}

/** As Mesos' flags have it. */
export const electedStoreDefaults: ElectedStoreOptions = {
  storeTimeoutMs: 20_000,
  fetchTimeoutMs: 60_000,
  mustExist: false,
};

interface Commit {
  readonly changes: readonly RegistryChange[];
  readonly sizeBytes: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class ElectedStore implements RegistryStore {
  readonly #records: FencedRecords;
  readonly #options: ElectedStoreOptions;
  readonly #clock: Clock;
  readonly #waiting: Commit[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #closed = false;
  /** Of a write that may be half done: what comes after it must not be there before it. */
  #failure: unknown;

  constructor(
    records: FencedRecords,
    { clock, options = electedStoreDefaults }: { clock: Clock; options?: ElectedStoreOptions },
  ) {
    this.#records = records;
    this.#options = options;
    this.#clock = clock;
  }

  async load(): Promise<Map<string, Uint8Array>> {
    const records = await this.#loadOrInitialize();
    const journal = [...records.keys()].filter((key) => isJournal(key));
    const head = records.get(journalHead);
    const parts = head === undefined ? 0 : Number(Buffer.from(head).toString());
    for (let index = 0; index < parts; index++) {
      const part = records.get(journalPart(index));
      if (part === undefined)
        throw new RegistryStoreError(
          "damaged",
          `Cannot read the registry: part ${index} of ${parts} of a large commit is missing`,
        );
      const changes = decodePart(part);
      await this.#write(changes);
      for (const [key, value] of changes) {
        if (value === undefined) records.delete(key);
        else records.set(key, value);
      }
    }
    await this.#dropJournal(journal);
    for (const key of journal) records.delete(key);
    return records;
  }

  async #loadOrInitialize(): Promise<Map<string, Uint8Array>> {
    const load = (): Promise<Map<string, Uint8Array> | undefined> =>
      this.#persist("read the registry in", this.#options.fetchTimeoutMs, () => this.#records.load());
    const found = await load();
    if (found !== undefined) return found;
    if (this.#options.mustExist) throw missingRegistry(this.#records.service);
    await this.#persist("make the registry in", this.#options.storeTimeoutMs, () =>
      this.#records.initialize(),
    );
    return (await load()) ?? new Map();
  }

  commit(changes: readonly RegistryChange[]): Promise<void> {
    return new Promise((done, failed) => {
      if (this.#closed) throw new RegistryStoreError("closed", "Cannot commit to the registry: it is closed");
      const sizeBytes = sizeOfChanges(changes);
      const tooLarge = changes.find((change) => sizeOfChanges([change]) > this.#largest);
      if (tooLarge !== undefined) {
        const reason = `${tooLarge.key} is larger than ${this.#largest} bytes, which is what ${this.#records.service} takes`;
        throw new RegistryStoreError("failed", `Cannot commit to the registry: ${reason}`);
      }
      if (this.#waiting.length >= MAX_WAITING_COMMITS || this.#waitingBytes + sizeBytes > MAX_WAITING_BYTES) {
        const reason = `${this.#waiting.length} commits, ${this.#waitingBytes} bytes, wait for ${this.#records.service}`;
        throw new RegistryStoreError("overloaded", `Cannot commit to the registry: ${reason}`);
      }
      this.#waiting.push({ changes, sizeBytes, done, failed });
      this.#waitingBytes += sizeBytes;
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing;
  }

  /** The largest record: in base64 it must fit into a part of the journal. */
  get #largest(): number {
    return Math.floor((this.#records.limits.bytes * 3) / 4) - 1024;
  }

  async #writeAll(): Promise<void> {
    // Everything of this turn goes into the first transaction.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      try {
        if (this.#failure !== undefined) throw this.#failure;
        // Later changes of a key replace earlier ones.
        const changes = batch.flatMap((commit) => commit.changes);
        await this.#writeLarge(new Map(changes.map(({ key, value }) => [key, value])));
        for (const { done } of batch) done();
      } catch (error) {
        this.#failure = error;
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = undefined;
  }

  /** As many commits as fit into one transaction; one at least. */
  #takeBatch(): Commit[] {
    const { limits } = this.#records;
    let [changes, sizeBytes, count] = [0, 0, 0];
    for (const commit of this.#waiting) {
      if (
        count > 0 &&
        (changes + commit.changes.length > limits.changes || sizeBytes + commit.sizeBytes > limits.bytes)
      )
        break;
      changes += commit.changes.length;
      sizeBytes += commit.sizeBytes;
      count += 1;
    }
    this.#waitingBytes -= sizeBytes;
    return this.#waiting.splice(0, count);
  }

  async #writeLarge(changes: Changes): Promise<void> {
    const { limits } = this.#records;
    const sizeBytes = sizeOfChanges([...changes].map(([key, value]) => ({ key, value })));
    if (changes.size <= limits.changes && sizeBytes <= limits.bytes) return this.#write(changes);
    const parts = splitChanges(changes, limits);
    for (const [index, part] of parts.entries())
      await this.#write(new Map([[journalPart(index), encodePart(part)]]));
    await this.#write(new Map([[journalHead, Buffer.from(String(parts.length))]]));
    for (const part of parts) await this.#write(part);
    await this.#dropJournal([journalHead, ...parts.keys().map((index) => journalPart(index))]);
  }

  /** The head goes first: parts without it are of no meaning. */
  async #dropJournal(keys: readonly string[]): Promise<void> {
    const sorted = keys.toSorted();
    const { changes } = this.#records.limits;
    for (let at = 0; at < sorted.length; at += changes)
      await this.#write(new Map(sorted.slice(at, at + changes).map((key) => [key, undefined])));
  }

  #write(changes: Changes): Promise<void> {
    return this.#persist("write the registry to", this.#options.storeTimeoutMs, () =>
      this.#records.write(changes),
    );
  }

  /** Again and again until it is done, or failed for good. */
  async #persist<T>(what: string, timeoutMs: number, run: () => Promise<T>): Promise<T> {
    const deadlineMs = this.#clock.now() + timeoutMs;
    for (;;) {
      try {
        return await run();
      } catch (error) {
        if (error instanceof RegistryStoreError) throw error;
        const isOver = this.#closed || this.#clock.now() > deadlineMs;
        if (!(error instanceof StoreAwayError) || isOver) {
          const reason = error instanceof Error ? error.message : String(error);
          const message = `Cannot ${what} ${this.#records.service}: ${reason}`;
          throw new RegistryStoreError("failed", message, { cause: error });
        }
        await new Promise<void>((resolve) => {
          this.#clock.after(RETRY_MS, resolve);
        });
      }
    }
  }
}
