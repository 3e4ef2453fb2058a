// The registry in ZooKeeper. Every write checks, in the same transaction, that the master's own node in the election is
// still there: the oldest member leads, so that a deposed master can change nothing, however late it writes.
//
//   <path>/00 … <path>/ff      buckets by a hash of the key: one node's children must fit into one answer
//   <path>/3f/agents%2FS1      one record, its key escaped
import { createHash } from "node:crypto";
import { type ZooKeeperSession, isZooKeeperError } from "@mezzo/sdk/zookeeper";
import type { Clock } from "../core/clock.ts";
import {
  type RegistryChange,
  type RegistryStore,
  RegistryStoreError,
  sizeOfChanges,
} from "./registry-store.ts";

const BUCKETS = 256;

/** ZooKeeper takes 1 MB in one request (jute.maxbuffer) and the rest of it needs some room. */
const MAX_TRANSACTION_BYTES = 900 * 1024;

/** Records in one transaction: enough for a burst of registrations, few enough not to hold ZooKeeper up. */
const MAX_TRANSACTION_CHANGES = 500;

/** Commits that wait: a master has a handful for each agent at most. */
const MAX_WAITING_COMMITS = 100_000;

/** How long a write is tried again while ZooKeeper cannot be reached, as Mesos' `--registry_store_timeout`; milliseconds. */
const STORE_TIMEOUT_MS = 20_000;

/** Between two tries, milliseconds. */
const RETRY_MS = 250;

/** Reads that are on their way at the same time. */
const PARALLEL_READS = 64;

interface Commit {
  readonly changes: readonly RegistryChange[];
  readonly sizeBytes: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export interface ZooKeeperStoreOptions {
  path: string;
  /** The master's own node in the election, once it has one. */
  member: () => string | undefined;
}

export class ZooKeeperStore implements RegistryStore {
  readonly #options: ZooKeeperStoreOptions;
  readonly #clock: Clock;
  readonly #session: ZooKeeperSession;
  /** Keys that have a node. */
  readonly #known = new Set<string>();
  readonly #waiting: Commit[] = [];
  #writing: Promise<void> | undefined;
  #closed = false;

  constructor(
    options: ZooKeeperStoreOptions,
    { clock, session }: { clock: Clock; session: ZooKeeperSession },
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#session = session;
  }

  /** For the master that leads: what is written by an earlier leader comes before, or not at all. */
  async load(): Promise<Map<string, Uint8Array>> {
    const { path } = this.#options;
    await this.#session.ensurePath(path);
    const there = new Set(await this.#session.children(path));
    const names = Array.from({ length: BUCKETS }, (_, index) => index.toString(16).padStart(2, "0"));
    const missing = names.filter((name) => !there.has(name));
    if (missing.length > 0) {
      await this.#fenced((transaction, acls) => {
        for (const name of missing) transaction.create(`${path}/${name}`, acls);
      });
    }
    const records = new Map<string, Uint8Array>();
    const paths = (
      await Promise.all(
        names.map(async (bucket) =>
          (await this.#session.children(`${path}/${bucket}`)).map((name) => `${bucket}/${name}`),
        ),
      )
    ).flat();
    for (let at = 0; at < paths.length; at += PARALLEL_READS) {
      await Promise.all(
        paths.slice(at, at + PARALLEL_READS).map(async (place) => {
          const data = await this.#session.data(`${path}/${place}`);
          const key = decodeURIComponent(place.slice(place.indexOf("/") + 1));
          if (data !== undefined) records.set(key, data);
        }),
      );
    }
    for (const key of records.keys()) this.#known.add(key);
    return records;
  }

  commit(changes: readonly RegistryChange[]): Promise<void> {
    if (this.#closed)
      return Promise.reject(new RegistryStoreError("closed", "Cannot commit to the registry: it is closed"));
    let sizeBytes: number;
    try {
      sizeBytes = sizeOfChanges(changes);
    } catch (error) {
      return Promise.reject(error);
    }
    if (sizeBytes > MAX_TRANSACTION_BYTES) {
      const reason = `${sizeBytes} bytes are more than ZooKeeper takes at once (${MAX_TRANSACTION_BYTES})`;
      return Promise.reject(new RegistryStoreError("failed", `Cannot commit to the registry: ${reason}`));
    }
    if (this.#waiting.length >= MAX_WAITING_COMMITS) {
      const reason = `${MAX_WAITING_COMMITS} commits wait for ZooKeeper`;
      return Promise.reject(new RegistryStoreError("overloaded", `Cannot commit to the registry: ${reason}`));
    }
    return new Promise((done, failed) => {
      this.#waiting.push({ changes, sizeBytes, done, failed });
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing;
  }

  /** What waits together is written together, in order. */
  async #writeAll(): Promise<void> {
    // Everything of this turn goes into the first transaction.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      try {
        await this.#write(batch.flatMap(({ changes }) => changes));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = undefined;
  }

  #takeBatch(): Commit[] {
    let [changes, sizeBytes, count] = [0, 0, 0];
    for (const commit of this.#waiting) {
      changes += commit.changes.length;
      sizeBytes += commit.sizeBytes;
      if (count > 0 && (changes > MAX_TRANSACTION_CHANGES || sizeBytes > MAX_TRANSACTION_BYTES)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #write(changes: readonly RegistryChange[]): Promise<void> {
    // Later changes of a key replace earlier ones.
    const latest = new Map(changes.map(({ key, value }) => [key, value]));
    const deadlineMs = this.#clock.now() + STORE_TIMEOUT_MS;
    let uncertain = false;
    for (;;) {
      try {
        // What is there must be known before it is written again: a look that fails is repeated like the write.
        if (uncertain) await this.#lookAgain(latest.keys());
        uncertain = false;
        await this.#writeOnce(latest);
        return;
      } catch (error) {
        if (error instanceof RegistryStoreError) throw error;
        if (isZooKeeperError(error, "NO_NODE") || isZooKeeperError(error, "SESSION_EXPIRED")) {
          throw new RegistryStoreError(
            "failed",
            "Cannot write the registry: this master does not lead any more",
            {
              cause: error,
            },
          );
        }
        if (!isZooKeeperError(error, "CONNECTION_LOSS") || this.#clock.now() > deadlineMs) {
          throw new RegistryStoreError("failed", `Cannot write the registry to ZooKeeper: ${String(error)}`, {
            cause: error,
          });
        }
        uncertain = true;
        await this.#pause();
      }
    }
  }

  async #writeOnce(latest: ReadonlyMap<string, Uint8Array | undefined>): Promise<void> {
    await this.#fenced((transaction, acls) => {
      for (const [key, value] of latest) {
        const place = this.#placeOf(key);
        if (value === undefined) {
          if (this.#known.has(key)) transaction.remove(place);
        } else if (this.#known.has(key)) transaction.setData(place, Buffer.from(value));
        else transaction.create(place, Buffer.from(value), acls);
      }
    });
    for (const [key, value] of latest) {
      if (value === undefined) this.#known.delete(key);
      else this.#known.add(key);
    }
  }

  /** The answer was lost: what was written is there or not, and is written again as it must be. */
  async #lookAgain(keys: Iterable<string>): Promise<void> {
    for (const key of keys) {
      if (await this.#session.exists(this.#placeOf(key))) this.#known.add(key);
      else this.#known.delete(key);
    }
  }

  async #fenced(fill: Parameters<ZooKeeperSession["commit"]>[0]): Promise<void> {
    const member = this.#options.member();
    if (member === undefined)
      throw new RegistryStoreError("failed", "Cannot write the registry: this master does not lead");
    await this.#session.commit((transaction, acls) => {
      transaction.check(member);
      fill(transaction, acls);
    });
  }

  #placeOf(key: string): string {
    const bucket = createHash("md5").update(key).digest("hex").slice(0, 2);
    return `${this.#options.path}/${bucket}/${encodeURIComponent(key)}`;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(RETRY_MS, resolve);
    });
  }
}
