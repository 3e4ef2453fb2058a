// Both stores keep the same promises; the table runs every test for each.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { systemClock } from "../core/clock.ts";
import { MemoryStore } from "./memory-store.ts";
import { MAX_KEY_LENGTH, MAX_VALUE_BYTES, type RegistryStore, RegistryStoreError } from "./registry-store.ts";
import { SqliteStore } from "./sqlite-store.ts";

const folder = mkdtempSync(join(tmpdir(), "mezzo-store-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (records: Map<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...records].map(([key, value]) => [key, new TextDecoder().decode(value)]));

let files = 0;
const stores: [name: string, open: () => RegistryStore][] = [
  ["MemoryStore", () => new MemoryStore()],
  [
    "SqliteStore",
    () => new SqliteStore({ path: join(folder, `${files++}`, "registry.db") }, { clock: systemClock }),
  ],
];

for (const [name, open] of stores) {
  void describe(name, () => {
    void test("load() of a new store has no records", async () => {
      const store = open();
      assert.deepEqual(texts(await store.load()), {});
      await store.close();
    });

    void test("commit() writes, replaces and removes records", async () => {
      const store = open();
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
      const store = open();
      const calls = ["first", "second", "third"].map((text) =>
        store.commit([{ key: "k", value: bytes(text) }]),
      );
      await Promise.all(calls);
      assert.deepEqual(texts(await store.load()), { k: "third" });
      await store.close();
    });

    void test("commit() keeps empty values and keys of any characters", async () => {
      const store = open();
      await store.commit([{ key: "weights/eng/ünï 'x' \u{1f600}", value: new Uint8Array() }]);
      assert.deepEqual(texts(await store.load()), { "weights/eng/ünï 'x' \u{1f600}": "" });
      await store.close();
    });

    void test("commit() refuses what is too large and stores nothing of it", async () => {
      const store = open();
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
      const store = open();
      await store.close();
      const isClosed = (error: unknown): boolean =>
        error instanceof RegistryStoreError && error.code === "closed";
      await assert.rejects(store.commit([{ key: "k", value: bytes("x") }]), isClosed);
    });
  });
}
