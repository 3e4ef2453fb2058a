// The stores that need no other service; test/masters has the same tests for those that do.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after } from "node:test";
import { systemClock } from "../core/clock.ts";
import { MemoryStore } from "./memory-store.ts";
import { SqliteStore } from "./sqlite-store.ts";
import {
  UNWRITABLE,
  describeFailedWrites,
  describeRegistryStore,
} from "./testing/registry-store-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "mezzo-store-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

const openSqlite = (path: string): SqliteStore => new SqliteStore({ path }, { clock: systemClock });

describeRegistryStore("MemoryStore", () => new MemoryStore());
describeRegistryStore("SqliteStore", () => openSqlite(join(folder, `${files++}`, "registry.db")));

describeFailedWrites("SqliteStore", () => {
  const path = join(folder, `${files++}.db`);
  void openSqlite(path).close();
  const database = new DatabaseSync(path);
  // As a full disk does: the transaction is undone, and the next one may succeed.
  database.exec(`CREATE TRIGGER full BEFORE INSERT ON registry WHEN NEW.key = '${UNWRITABLE}'
    BEGIN SELECT RAISE(ROLLBACK, 'no room'); END`);
  database.close();
  return openSqlite(path);
});
