// The stores that need no other service; test/masters has the same tests for those that do.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { systemClock } from "../core/clock.ts";
import { MemoryStore } from "./memory-store.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { describeRegistryStore } from "./testing/registry-store-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "mezzo-store-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

describeRegistryStore("MemoryStore", () => new MemoryStore());
describeRegistryStore(
  "SqliteStore",
  () => new SqliteStore({ path: join(folder, `${files++}`, "registry.db") }, { clock: systemClock }),
);
