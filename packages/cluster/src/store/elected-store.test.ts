// A service that fails between any two transactions: what a commit leaves is all of it, or nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ElectedStore } from "./elected-store.ts";
import { type Changes, type FencedRecords, StoreAwayError } from "./fenced-records.ts";
import { quickClock } from "./testing/quick-clock.ts";
import { UNWRITABLE, describeFailedWrites } from "./testing/registry-store-contract.ts";

/** Records in memory; after so many transactions it does nothing more. */
class DyingRecords implements FencedRecords {
  readonly service = "memory";
  readonly limits = { changes: 3, bytes: 2000 };
  readonly records = new Map<string, Uint8Array>();
  left = Infinity;
  lostAnswers = 0;
  transactions = 0;

  load(): Promise<Map<string, Uint8Array>> {
    return Promise.resolve(new Map(this.records));
  }

  initialize(): Promise<void> {
    return Promise.reject(new Error("it is there"));
  }

  write(changes: Changes): Promise<void> {
    assert.ok(changes.size <= this.limits.changes, "too many changes");
    if (changes.has(UNWRITABLE)) return Promise.reject(new Error("no room"));
    if (this.left-- <= 0) return Promise.reject(new Error("dead"));
    this.transactions++;
    for (const [key, value] of changes) {
      if (value === undefined) this.records.delete(key);
      else this.records.set(key, value);
    }
    return this.lostAnswers-- > 0 ? Promise.reject(new StoreAwayError("lost")) : Promise.resolve();
  }
}

const open = (records: DyingRecords): ElectedStore => new ElectedStore(records, { clock: quickClock() });
const value = (text: string): Uint8Array => Buffer.from(text);
const many = Array.from({ length: 10 }, (_, index) => ({ key: `agents/${index}`, value: value("new") }));

test("commit() of many records happens whole or not at all, wherever it is interrupted", async () => {
  let outcomes = "";
  for (let left = 0; ; left++) {
    const records = new DyingRecords();
    records.records.set("agents/0", value("old"));
    records.left = left;
    const isDone = await open(records)
      .commit(many)
      .then(
        () => true,
        () => false,
      );
    records.left = Infinity;
    const next = open(records);
    const found = await next.load();
    assert.ok([...found.keys()].every((key) => key.startsWith("agents/")));
    assert.deepEqual(
      [...records.records.keys()].filter((key) => key.startsWith(".")),
      [],
    );
    const isNew = Buffer.from(found.get("agents/0") ?? []).toString() === "new";
    assert.equal(found.size, isNew ? many.length : 1, `interrupted after ${left} transactions`);
    assert.deepEqual(await next.load(), found);
    outcomes += isNew ? "n" : "o";
    if (isDone) break;
  }
  assert.match(outcomes, /^o+n+$/);
});

test("commit() writes together what was asked together, and again what may not be there", async () => {
  const records = new DyingRecords();
  const store = open(records);
  records.lostAnswers = 2;
  await Promise.all(many.slice(0, 3).map((change) => store.commit([change])));
  assert.equal(records.transactions, 3);
  assert.equal(records.records.size, 3);
});

describeFailedWrites("ElectedStore", () => open(new DyingRecords()));

test("commit() refuses a record that fits into no transaction", async () => {
  const records = new DyingRecords();
  const large = { key: "agents/large", value: new Uint8Array(records.limits.bytes) };
  await assert.rejects(open(records).commit([large]), /agents\/large is larger than \d+ bytes/);
  assert.equal(records.transactions, 0);
});

test("load() gives up when the store stays away for too long", async () => {
  const records = new DyingRecords();
  let attempts = 0;
  records.load = () => {
    attempts++;
    return Promise.reject(new StoreAwayError("silent"));
  };
  await assert.rejects(open(records).load(), /Cannot read the registry in memory: silent/);
  assert.ok(attempts > 1, "it tried again");
});

test("commit() does not try again once the store is closed", async () => {
  const records = new DyingRecords();
  records.lostAnswers = Infinity;
  const store = open(records);
  const committed = store.commit(many.slice(0, 1));
  const closed = store.close();
  await assert.rejects(committed, /Cannot write the registry to memory: lost/);
  await closed;
  await assert.rejects(store.commit(many), /closed/);
});
