// What only files can show: durability, damage, locks.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { systemClock } from "../core/clock.ts";
import { RegistryStoreError, type RegistryStoreErrorCode } from "./registry-store.ts";
import { SqliteStore } from "./sqlite-store.ts";

const folder = mkdtempSync(join(tmpdir(), "mezzo-sqlite-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const open = (path: string): SqliteStore => new SqliteStore({ path }, { clock: systemClock });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hasCode =
  (code: RegistryStoreErrorCode, words: RegExp) =>
  (error: unknown): boolean =>
    error instanceof RegistryStoreError && error.code === code && words.test(error.message);

void test("close() stores what is queued; a new store loads it", async () => {
  const path = join(folder, "reopen.db");
  const first = open(path);
  const queued = first.commit([{ key: "agents/1", value: bytes("one") }]);
  await first.close();
  await queued;
  const second = open(path);
  assert.deepEqual([...(await second.load()).keys()], ["agents/1"]);
  await second.close();
});

void test("commit() of 10,000 agents at once writes them in few transactions", async () => {
  const store = open(join(folder, "many.db"));
  const value = new Uint8Array(500);
  const commits = Array.from({ length: 10_000 }, (_, agent) =>
    store.commit([{ key: `agents/${agent}`, value }]),
  );
  await Promise.all(commits);
  assert.equal((await store.load()).size, 10_000);
  await store.close();
});

void test("commit() that was acknowledged survives kill -9, and no commit survives in part", async () => {
  const path = join(folder, "killed.db");
  const script = fileURLToPath(new URL("testing/endless-commits.ts", import.meta.url));
  const child = spawn(process.execPath, [script, path], { stdio: ["ignore", "pipe", "inherit"] });
  const MANY = 300;
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split("\n").length > MANY) child.kill("SIGKILL");
  });
  await once(child, "close");
  const acknowledged = output.split("\n").slice(0, -1);
  const store = open(path);
  const keys = new Set((await store.load()).keys());
  await store.close();
  assert.ok(acknowledged.length >= MANY);
  for (const number of acknowledged) assert.ok(keys.has(`left/${number}`), `commit ${number} is lost`);
  for (const key of keys) {
    const twin = key.startsWith("left/") ? key.replace("left/", "right/") : key.replace("right/", "left/");
    assert.ok(keys.has(twin), `${key} is there without ${twin}`);
  }
});

void test("commit() tells its own error when it cannot be rolled back either", async (t) => {
  const store = open(join(folder, "no-rollback.db"));
  // oxlint-disable-next-line typescript/unbound-method -- called with the database below
  const { exec } = DatabaseSync.prototype;
  t.mock.method(DatabaseSync.prototype, "exec", function (this: DatabaseSync, sql: string) {
    if (sql === "COMMIT" || sql === "ROLLBACK") throw new Error(`no ${sql}`);
    exec.call(this, sql);
  });
  const commits = ["a", "b"].map((key) => store.commit([{ key, value: bytes("v") }]));
  for (const commit of commits)
    await assert.rejects(commit, hasCode("failed", /Cannot commit to the registry: no COMMIT$/u));
  await store.close();
});

void test("SqliteStore() refuses a file that another process writes", async () => {
  const path = join(folder, "locked.db");
  const first = open(path);
  await first.commit([{ key: "k", value: bytes("v") }]);
  assert.throws(() => open(path), hasCode("locked", /another process uses it\. Stop the other master/u));
  await first.close();
  await open(path).close();
});

void test("SqliteStore() says what to do about a file that is no database", () => {
  const path = join(folder, "text.db");
  writeFileSync(path, "not a database, but long enough to have a header of one ".repeat(100));
  assert.throws(() => open(path), hasCode("damaged", /Put back a copy of it, or move .*text\.db-wal/u));
});

void test("SqliteStore() says what to do about a damaged file", async () => {
  const path = join(folder, "damaged.db");
  const store = open(path);
  await store.commit(
    Array.from({ length: 500 }, (_, agent) => ({ key: `agents/${agent}`, value: new Uint8Array(300) })),
  );
  await store.close();
  const sizeBytes = readFileSync(path).byteLength;
  truncateSync(path, sizeBytes - 40_960);
  assert.throws(() => open(path), hasCode("damaged", /the file is damaged/u));
});

void test("SqliteStore() refuses the file of another program, or of a newer release", () => {
  const other = join(folder, "other.db");
  const database = new DatabaseSync(other);
  database.exec("CREATE TABLE songs (title TEXT)");
  database.close();
  const before = readFileSync(other);
  assert.throws(() => open(other), hasCode("not-a-registry", /belongs to another program/u));
  assert.deepEqual(readFileSync(other), before, "it is left as it was");

  const newer = join(folder, "newer.db");
  const empty = new DatabaseSync(newer);
  empty.exec(
    "PRAGMA application_id = 0x4d657a7a; PRAGMA user_version = 99; CREATE TABLE registry (key TEXT)",
  );
  empty.close();
  const newerBefore = readFileSync(newer);
  assert.throws(() => open(newer), hasCode("not-a-registry", /newer than/u));
  assert.deepEqual(readFileSync(newer), newerBefore);
});

void test("SqliteStore() names a folder it cannot make", () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  assert.throws(() => open(join(file, "registry.db")), hasCode("failed", /Cannot open registry .*a-file/u));
});
