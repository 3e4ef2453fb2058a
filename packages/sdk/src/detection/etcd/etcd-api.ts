// The calls to etcd that election and registry need, with its base64 and its numbers of 64 bits (text, zero left out) undone.
import type { EtcdClient } from "./etcd-client.ts";
import { EtcdError } from "./etcd-error.ts";

export interface EtcdRecord {
  readonly key: string;
  readonly value: Buffer;
  /** Of the whole store when the key came to be: smaller is older. */
  readonly createRevision: string;
  readonly modRevision: string;
}

/** Compares before a transaction: a key's revision, `0` for a key that is not there. */
export interface EtcdCondition {
  readonly key: string;
  readonly createRevision?: string;
  readonly modRevision?: string;
}

/** Writes a key, or removes it when the value is undefined. */
export interface EtcdWrite {
  readonly key: string;
  readonly value: Uint8Array | undefined;
  /** The key ends with it. */
  readonly lease?: string;
}

interface RawRecord {
  key?: string;
  value?: string;
  create_revision?: string;
  mod_revision?: string;
}

interface Header {
  header?: { revision?: string };
}

interface RangeAnswer extends Header {
  kvs?: RawRecord[];
  more?: boolean;
}

const encode = (text: string | Uint8Array): string => Buffer.from(text as string).toString("base64");

function recordOf({
  key = "",
  value = "",
  create_revision = "0",
  mod_revision = "0",
}: RawRecord): EtcdRecord {
  return {
    key: Buffer.from(key, "base64").toString("utf8"),
    value: Buffer.from(value, "base64"),
    createRevision: create_revision,
    modRevision: mod_revision,
  };
}

/** The end of the range of keys that begin with this prefix, which ends with a slash: the character after it is `0`. */
function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}0`;
}

/** A page of the records below `prefix/`, in the order of their keys or of their creation. */
export async function listRecords(
  client: EtcdClient,
  {
    prefix,
    after,
    limit,
    oldestFirst,
  }: { prefix: string; after?: string; limit?: number; oldestFirst?: boolean },
): Promise<{ records: EtcdRecord[]; hasMore: boolean; revision: string }> {
  const answer = await client.call<RangeAnswer>("kv/range", {
    key: encode(after === undefined ? prefix : `${after}\0`),
    range_end: encode(endOf(prefix)),
    ...(limit !== undefined && { limit }),
    ...(oldestFirst === true && { sort_order: "ASCEND", sort_target: "CREATE" }),
  });
  return {
    records: (answer.kvs ?? []).map((each) => recordOf(each)),
    hasMore: answer.more === true,
    revision: answer.header?.revision ?? "0",
  };
}

/** One record, if it is there. */
export async function readRecord(client: EtcdClient, key: string): Promise<EtcdRecord | undefined> {
  const { kvs = [] } = await client.call<RangeAnswer>("kv/range", { key: encode(key) });
  return kvs[0] && recordOf(kvs[0]);
}

/** Writes all or nothing, if the conditions hold; otherwise reads the keys of the conditions, in the same instant. */
export async function transact(
  client: EtcdClient,
  { conditions, writes }: { conditions: readonly EtcdCondition[]; writes: readonly EtcdWrite[] },
): Promise<{ succeeded: boolean; revision: string; found: EtcdRecord[] }> {
  const answer = await client.call<
    Header & { succeeded?: boolean; responses?: { response_range?: RangeAnswer }[] }
  >("kv/txn", {
    compare: conditions.map(({ key, createRevision, modRevision }) => ({
      key: encode(key),
      result: "EQUAL",
      ...(createRevision !== undefined && { target: "CREATE", create_revision: createRevision }),
      ...(modRevision !== undefined && { target: "MOD", mod_revision: modRevision }),
    })),
    success: writes.map(({ key, value, lease }) =>
      value === undefined
        ? { request_delete_range: { key: encode(key) } }
        : { request_put: { key: encode(key), value: encode(value), ...(lease !== undefined && { lease }) } },
    ),
    failure: conditions.map(({ key }) => ({ request_range: { key: encode(key) } })),
  });
  const found = (answer.responses ?? []).flatMap(({ response_range }) => response_range?.kvs ?? []);
  return {
    succeeded: answer.succeeded === true,
    revision: answer.header?.revision ?? "0",
    found: found.map((each) => recordOf(each)),
  };
}

export interface EtcdLease {
  readonly id: string;
  /** What etcd gives, which may be more than was asked for, milliseconds. */
  readonly lifeMs: number;
}

const MS_PER_SECOND = 1000;

/** A lease of whole seconds; etcd gives two at least. */
export async function grantLease(client: EtcdClient, lifeMs: number): Promise<EtcdLease> {
  const seconds = Math.max(1, Math.floor(lifeMs / MS_PER_SECOND));
  const { ID, TTL } = await client.call<{ ID?: string; TTL?: string }>("lease/grant", {
    TTL: String(seconds),
  });
  if (ID === undefined) throw new EtcdError("failed", "etcd grants a lease without a name");
  return { id: ID, lifeMs: Number(TTL ?? seconds) * MS_PER_SECOND };
}

/** Whether the lease still was there; it lives on for its whole life then. */
export async function renewLease(client: EtcdClient, id: string): Promise<boolean> {
  const { TTL } = await client.call<{ TTL?: string }>("lease/keepalive", { ID: id });
  return Number(TTL ?? 0) > 0;
}

/** Ends a lease, and with it its keys. */
export async function revokeLease(client: EtcdClient, id: string): Promise<void> {
  await client.call("lease/revoke", { ID: id }).catch((error: unknown) => {
    if (!(error instanceof EtcdError) || error.code !== "not-found") throw error;
  });
}

/** Calls `changed` whenever something below `prefix/` is another one than at the revision. */
export function watchRecords(
  client: EtcdClient,
  { prefix, revision }: { prefix: string; revision: string },
  listener: { changed(): void; ended(error: EtcdError): void },
): { close(): void } {
  const create_request = {
    key: encode(prefix),
    range_end: encode(endOf(prefix)),
    start_revision: String(BigInt(revision) + 1n),
  };
  const stream = client.stream(
    "watch",
    { create_request },
    {
      next: (result) => {
        const { events, canceled, cancel_reason } = result as {
          events?: unknown[];
          canceled?: boolean;
          cancel_reason?: string;
        };
        if (canceled === true) {
          stream.close();
          listener.ended(new EtcdError("failed", cancel_reason ?? "etcd ends the watch"));
        } else if (events !== undefined && events.length > 0) listener.changed();
      },
      ended: (error) => listener.ended(error),
    },
  );
  return stream;
}
