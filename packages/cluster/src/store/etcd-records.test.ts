// Answers that are lost, and writes that arrive late: a real etcd cannot be made to do either when a test needs it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type EtcdClient, EtcdError } from "@mezzo/sdk/etcd";
import { ElectedStore } from "./elected-store.ts";
import { EtcdRecords } from "./etcd-records.ts";
import { quickClock } from "./testing/quick-clock.ts";

interface Transaction {
  compare: { key: string; create_revision?: string; mod_revision?: string }[];
  success: { request_put?: { key: string; value: string }; request_delete_range?: { key: string } }[];
}

interface Stored {
  value: string;
  created: number;
  modified: number;
}

const MEMBER = { key: "/m/election/1", createRevision: "1" };
const textOf = (encoded: string): string => Buffer.from(encoded, "base64").toString();

/** Keys in memory with etcd's transactions. */
class FakeEtcd {
  readonly keys = new Map<string, Stored>([[MEMBER.key, { value: "", created: 1, modified: 1 }]]);
  readonly sent: Transaction[] = [];
  revision = 1;
  lostAnswers = 0;
  isFull = false;

  asClient(): EtcdClient {
    // What the records use of a client, and nothing else of it.
    return this as unknown as EtcdClient;
  }

  call(method: string, body: unknown): Promise<object> {
    assert.equal(method, "kv/txn");
    if (this.isFull) return Promise.reject(new EtcdError("full", "database space exceeded"));
    this.sent.push(body as Transaction);
    const answer = this.apply(body as Transaction);
    if (this.lostAnswers-- > 0) return Promise.reject(new EtcdError("unreachable", "no answer"));
    return Promise.resolve(answer);
  }

  apply({ compare, success }: Transaction): object {
    const holds = compare.every(({ key, create_revision, mod_revision }) => {
      const { created = 0, modified = 0 } = this.keys.get(textOf(key)) ?? {};
      return create_revision === undefined
        ? Number(mod_revision) === modified
        : Number(create_revision) === created;
    });
    if (!holds) {
      const kvs = compare.flatMap(({ key }) => {
        const found = this.keys.get(textOf(key));
        return found === undefined ? [] : [{ key, value: found.value, mod_revision: String(found.modified) }];
      });
      return { header: { revision: String(this.revision) }, responses: [{ response_range: { kvs } }] };
    }
    this.revision++;
    for (const { request_put: put, request_delete_range: removal } of success) {
      if (put !== undefined) {
        const created = this.keys.get(textOf(put.key))?.created ?? this.revision;
        this.keys.set(textOf(put.key), { value: put.value, created, modified: this.revision });
      }
      if (removal !== undefined) this.keys.delete(textOf(removal.key));
    }
    return { header: { revision: String(this.revision) }, succeeded: true };
  }

  read(key: string): string | undefined {
    const found = this.keys.get(`/m/registry/${key}`);
    return found && textOf(found.value);
  }
}

function storeOn(etcd: FakeEtcd): ElectedStore {
  return new ElectedStore(new EtcdRecords({ path: "/m", member: () => MEMBER }, etcd.asClient()), {
    clock: quickClock(),
  });
}

const value = (text: string): Uint8Array => Buffer.from(text);

for (const lostAnswers of [1, 3]) {
  test(`commit() happens once though ${lostAnswers} answers are lost`, async () => {
    const etcd = new FakeEtcd();
    const store = storeOn(etcd);
    etcd.lostAnswers = lostAnswers;
    await store.commit([{ key: "a", value: value("1") }]);
    assert.equal(etcd.revision, 2);
    await store.commit([{ key: "a", value: undefined }]);
    assert.equal(etcd.read("a"), undefined);
  });
}

test("a write that arrives late changes nothing", async () => {
  const etcd = new FakeEtcd();
  const store = storeOn(etcd);
  await store.commit([{ key: "a", value: value("1") }]);
  await store.commit([{ key: "a", value: value("2") }]);
  const [first] = etcd.sent;
  assert.ok(first);
  etcd.apply(first);
  assert.equal(etcd.read("a"), "2");
  await store.commit([{ key: "b", value: value("3") }]);
});

test("commit() fails for good when the master's own key is gone, or another one has written", async () => {
  for (const key of [MEMBER.key, "/m/registry"]) {
    const etcd = new FakeEtcd();
    const store = storeOn(etcd);
    await store.commit([{ key: "a", value: value("1") }]);
    if (key === MEMBER.key) etcd.keys.delete(key);
    else etcd.keys.set(key, { value: "", created: 1, modified: 99 });
    await assert.rejects(store.commit([{ key: "a", value: value("2") }]), /does not lead any more/);
    assert.equal(etcd.read("a"), "1");
  }
});

test("commit() waits for room in a full etcd, and says what is wrong when there is none in time", async () => {
  const etcd = new FakeEtcd();
  etcd.isFull = true;
  const committed = storeOn(etcd).commit([{ key: "a", value: value("1") }]);
  etcd.isFull = false;
  await committed;
  etcd.isFull = true;
  await assert.rejects(
    storeOn(etcd).commit([{ key: "a", value: value("2") }]),
    /Cannot write the registry to etcd: database space exceeded/,
  );
});
