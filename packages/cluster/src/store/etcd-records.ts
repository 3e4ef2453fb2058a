// The registry in etcd. Every write checks, in the same transaction, that the master's own key in the election is still
// there, and that nobody has written since: so a deposed master can change nothing, and a write that was sent twice
// because its answer was lost happens once, however late the first one arrives.
//
//   <path>/registry              the last write: whose, and its number
//   <path>/registry/agents/S1    one record
import { type EtcdClient, EtcdError, listRecords, readRecord, transact } from "@mezzo/sdk/etcd";
import { type Changes, type FencedRecords, StoreAwayError } from "./fenced-records.ts";
import { RegistryStoreError } from "./registry-store.ts";

/** A master's own key in the election. */
export interface EtcdMember {
  readonly key: string;
  readonly createRevision: string;
}

export interface EtcdRecordsOptions {
  path: string;
  /** Undefined until there is one. */
  member: () => EtcdMember | undefined;
}

/** etcd takes 128 operations (`--max-txn-ops`), of which the write's own number is one. */
const MAX_CHANGES = 127;

/** etcd takes 1.5 MB (`--max-request-bytes`), and the rest of the request needs some room. */
const MAX_BYTES = 1024 * 1024;

/** Records of one answer. */
const PAGE = 100;

const NOTHING: Changes = new Map();

function explained(error: unknown): unknown {
  const isAway = error instanceof EtcdError && (error.code === "unreachable" || error.code === "full");
  return isAway ? new StoreAwayError(error.message, { cause: error }) : error;
}

export class EtcdRecords implements FencedRecords {
  readonly service = "etcd";
  readonly limits = { changes: MAX_CHANGES, bytes: MAX_BYTES };
  readonly #options: EtcdRecordsOptions;
  readonly #client: EtcdClient;
  /** Of the last write that is known. */
  #revision = "0";
  #count = 0;
  /** A write whose answer is missing. */
  #pending: { changes: Changes; name: string } | undefined;

  constructor(options: EtcdRecordsOptions, client: EtcdClient) {
    this.#options = options;
    this.#client = client;
  }

  async load(): Promise<Map<string, Uint8Array> | undefined> {
    const { path } = this.#options;
    const prefix = `${path}/registry/`;
    const records = new Map<string, Uint8Array>();
    try {
      const last = await readRecord(this.#client, `${path}/registry`);
      if (last === undefined) return undefined;
      this.#revision = last.modRevision;
      let after: string | undefined;
      for (let hasMore = true; hasMore;) {
        const page = await listRecords(this.#client, {
          prefix,
          limit: PAGE,
          ...(after !== undefined && { after }),
        });
        for (const { key, value } of page.records) records.set(key.slice(prefix.length), value);
        after = page.records.at(-1)?.key;
        hasMore = page.hasMore;
      }
    } catch (error) {
      throw explained(error);
    }
    return records;
  }

  /** For whoever does not lead: whether there is one. */
  async exists(): Promise<boolean> {
    return (await readRecord(this.#client, `${this.#options.path}/registry`)) !== undefined;
  }

  initialize(): Promise<void> {
    return this.write(NOTHING);
  }

  async write(changes: Changes): Promise<void> {
    const member = this.#options.member();
    if (member === undefined)
      throw new RegistryStoreError("failed", "Cannot write the registry: this master does not lead");
    const last = `${this.#options.path}/registry`;
    if (this.#pending?.changes !== changes)
      this.#pending = { changes, name: `${member.key} ${member.createRevision} ${++this.#count}` };
    const { name } = this.#pending;
    const { succeeded, revision, found } = await transact(this.#client, {
      conditions: [member, { key: last, modRevision: this.#revision }],
      writes: [
        { key: last, value: Buffer.from(name) },
        ...[...changes].map(([key, value]) => ({ key: `${last}/${key}`, value })),
      ],
    }).catch((error: unknown) => {
      throw explained(error);
    });
    const latest = found.find(({ key }) => key === last);
    if (!succeeded && latest?.value.toString() !== name)
      throw new RegistryStoreError("failed", "Cannot write the registry: this master does not lead any more");
    this.#revision = succeeded ? revision : (latest?.modRevision ?? revision);
    this.#pending = undefined;
  }
}
