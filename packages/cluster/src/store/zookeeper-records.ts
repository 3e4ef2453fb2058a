// The registry in ZooKeeper. Every write checks, in the same transaction, that the master's own node in the election is
// still there: the oldest member leads, so that a deposed master can change nothing, however late it writes.
//
//   <path>/00 … <path>/ff      buckets by a hash of the key: one node's children must fit into one answer
//   <path>/3f/agents%2FS1      one record, its key escaped
import { createHash } from "node:crypto";
import { type ZooKeeperSession, isZooKeeperError } from "@mezzo/sdk/zookeeper";
import { type Changes, type FencedRecords, StoreAwayError } from "./fenced-records.ts";
import { RegistryStoreError } from "./registry-store.ts";

const BUCKETS = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, "0"));

/** Enough for a burst of registrations, few enough not to hold ZooKeeper up. */
const MAX_CHANGES = 500;

/** ZooKeeper takes 1 MB in one request (jute.maxbuffer) and the rest of it needs some room. */
const MAX_BYTES = 900 * 1024;

/** Reads that are on their way at the same time. */
const PARALLEL_READS = 64;

export interface ZooKeeperRecordsOptions {
  path: string;
  /** The master's own node in the election, once it has one. */
  member: () => string | undefined;
}

function explained(error: unknown): unknown {
  if (isZooKeeperError(error, "CONNECTION_LOSS")) return new StoreAwayError(String(error), { cause: error });
  if (isZooKeeperError(error, "NO_NODE") || isZooKeeperError(error, "SESSION_EXPIRED")) {
    const message = "Cannot write the registry: this master does not lead any more";
    return new RegistryStoreError("failed", message, { cause: error });
  }
  return error;
}

export class ZooKeeperRecords implements FencedRecords {
  readonly service = "ZooKeeper";
  readonly limits = { changes: MAX_CHANGES, bytes: MAX_BYTES };
  readonly #options: ZooKeeperRecordsOptions;
  readonly #session: ZooKeeperSession;
  /** Keys that have a node. */
  readonly #known = new Set<string>();
  /** A write whose answer is missing. */
  #uncertain: Changes | undefined;

  constructor(options: ZooKeeperRecordsOptions, session: ZooKeeperSession) {
    this.#options = options;
    this.#session = session;
  }

  /** For the master that leads: what is written by an earlier leader comes before, or not at all. */
  async load(): Promise<Map<string, Uint8Array> | undefined> {
    try {
      return await this.#load();
    } catch (error) {
      throw explained(error);
    }
  }

  /** For whoever does not lead: whether there is one. */
  async exists(): Promise<boolean> {
    // The server that is asked answers once it has done what others had done before: as `#catchUp`, without a node to check.
    await this.#session.commit(() => undefined);
    return this.#isThere();
  }

  async initialize(): Promise<void> {
    const { path } = this.#options;
    try {
      await this.#session.ensurePath(path);
      // An earlier attempt whose answer was lost may have made them.
      await this.#catchUp();
      const missing = await this.#missingBuckets();
      await this.#fenced((transaction, acls) => {
        for (const name of missing) transaction.create(`${path}/${name}`, acls);
      });
    } catch (error) {
      throw explained(error);
    }
  }

  async write(changes: Changes): Promise<void> {
    try {
      // What is there must be known before it is written again.
      if (this.#uncertain === changes) {
        await this.#catchUp();
        await this.#lookAgain(changes.keys());
      }
      await this.#writeOnce(changes);
      this.#uncertain = undefined;
    } catch (error) {
      this.#uncertain = changes;
      throw explained(error);
    }
  }

  async #isThere(): Promise<boolean> {
    return (await this.#session.exists(this.#options.path)) && (await this.#missingBuckets()).length === 0;
  }

  async #missingBuckets(): Promise<string[]> {
    const there = new Set(await this.#session.children(this.#options.path));
    return BUCKETS.filter((name) => !there.has(name));
  }

  async #load(): Promise<Map<string, Uint8Array> | undefined> {
    const { path } = this.#options;
    if (!(await this.#isThere())) return undefined;
    const records = new Map<string, Uint8Array>();
    const paths = (
      await Promise.all(
        BUCKETS.map(async (bucket) =>
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
    this.#known.clear();
    for (const key of records.keys()) this.#known.add(key);
    return records;
  }

  async #writeOnce(changes: Changes): Promise<void> {
    await this.#fenced((transaction, acls) => {
      for (const [key, value] of changes) {
        const place = this.#placeOf(key);
        if (value === undefined) {
          if (this.#known.has(key)) transaction.remove(place);
        } else if (this.#known.has(key)) transaction.setData(place, Buffer.from(value));
        else transaction.create(place, Buffer.from(value), acls);
      }
    });
    for (const [key, value] of changes) {
      if (value === undefined) this.#known.delete(key);
      else this.#known.add(key);
    }
  }

  /**
   * The server that is asked next may not have heard yet of what this master wrote to another one. It answers a transaction,
   * be it an empty one, once it has done all that came before: as `sync`, which the client does not have.
   */
  #catchUp(): Promise<void> {
    return this.#fenced(() => undefined);
  }

  /** What was written is there or not, and is written again as it must be. */
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
}
