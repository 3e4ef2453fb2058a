// What every registry store promises; each kind runs the same tests.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  MAX_KEY_LENGTH,
  MAX_VALUE_BYTES,
  type RegistryStore,
  RegistryStoreError,
} from "../registry-store.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (records: Map<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...records].map(([key, value]) => [key, new TextDecoder().decode(value)]));

/** The record that a store given to `describeFailedWrites` cannot write; others it could. */
export const UNWRITABLE = "agents/unwritable";

/** Of stores that write where writing may fail; each `open` gives one without records that cannot write UNWRITABLE. */
export function describeFailedWrites(name: string, open: () => RegistryStore): void {
  const isFailure = (error: unknown): boolean =>
    error instanceof RegistryStoreError && error.code === "failed" && error.message.includes("no room");
  const unwritable = [{ key: UNWRITABLE, value: bytes("x") }];
  // More than goes into one transaction with what comes before it.
  const many = Array.from({ length: 1000 }, (_, index) => ({ key: `agents/${index}`, value: bytes("x") }));

  void describe(`registry in ${name} after a write that failed`, () => {
    void test("commit() takes nothing after a write that failed: it would be there without what came first", async () => {
      const store = open();
      await store.commit([{ key: "good", value: bytes("x") }]);
      const calls = [unwritable, many, many].map((changes) =>
        assert.rejects(store.commit(changes), isFailure),
      );
      await Promise.all(calls);
      await assert.rejects(store.commit([{ key: "later", value: bytes("x") }]), isFailure);
      assert.deepEqual(texts(await store.load()), { good: "x" });
      await store.close();
    });

    void test("close() writes nothing after a write that failed", async () => {
      const store = open();
      const calls = [unwritable, many].map((changes) => assert.rejects(store.commit(changes), isFailure));
      await store.close();
      await Promise.all(calls);
    });
  });
}

/** Runs the tests; each `open` gives a store without records. */
export function describeRegistryStore(
  name: string,
  open: () => RegistryStore | Promise<RegistryStore>,
): void {
  void describe(`registry in ${name}`, () => {
    void test("load() of a new store has no records", async () => {
      const store = await open();
      assert.deepEqual(texts(await store.load()), {});
      await store.close();
    });

    void test("commit() writes, replaces and removes records", async () => {
      const store = await open();
      await store.commit([
        { key: "agents/1", value: bytes("one") },
        { key: "agents/2", value: bytes("two") },
      ]);
      await store.commit([
        { key: "agents/1", value: undefined },
        { key: "unreachable/1", value: bytes("one") },
        { key: "agents/2", value: bytes("second") },
        { key: "agents/none", value: undefined },
      ]);
      assert.deepEqual(texts(await store.load()), { "agents/2": "second", "unreachable/1": "one" });
      await store.close();
    });

    void test("commit() applies commits in the order of the calls, without waiting between them", async () => {
      const store = await open();
      const calls = ["first", "second", "third"].map((text) =>
        store.commit([{ key: "k", value: bytes(text) }]),
      );
      await Promise.all(calls);
      assert.deepEqual(texts(await store.load()), { k: "third" });
      await store.close();
    });

    void test("commit() keeps empty values and keys of any characters", async () => {
      const store = await open();
      await store.commit([{ key: "weights/eng/ünï 'x' \u{1f600}", value: new Uint8Array() }]);
      assert.deepEqual(texts(await store.load()), { "weights/eng/ünï 'x' \u{1f600}": "" });
      await store.close();
    });

    void test("commit() refuses what is too large and stores nothing of it", async () => {
      const store = await open();
      const good = { key: "good", value: bytes("x") };
      const tooLarge = new Uint8Array(MAX_VALUE_BYTES + 1);
      await assert.rejects(store.commit([good, { key: "k", value: tooLarge }]), RangeError);
      await assert.rejects(
        store.commit([good, { key: "k".repeat(MAX_KEY_LENGTH + 1), value: undefined }]),
        RangeError,
      );
      await assert.rejects(store.commit([good, { key: "", value: bytes("x") }]), RangeError);
      assert.deepEqual(texts(await store.load()), {});
      await store.close();
    });

    void test("commit() after close() is refused", async () => {
      const store = await open();
      await store.close();
      const isClosed = (error: unknown): boolean =>
        error instanceof RegistryStoreError && error.code === "closed";
      await assert.rejects(store.commit([{ key: "k", value: bytes("x") }]), isClosed);
    });

    void test("commit() takes what is far more than a transaction, and keeps it", async () => {
      const store = await open();
      const keys = Array.from({ length: 1200 }, (_, index) => `agents/${index}`);
      await store.commit(keys.map((key) => ({ key, value: bytes(key.repeat(100)) })));
      await store.commit([
        { key: "agents/0", value: undefined },
        { key: "weights/a", value: bytes("1") },
      ]);
      const records = texts(await store.load());
      assert.equal(Object.keys(records).length, keys.length);
      assert.equal(records["agents/1199"], "agents/1199".repeat(100));
      assert.equal(records["agents/0"], undefined);
      await store.close();
    });
  });
}
