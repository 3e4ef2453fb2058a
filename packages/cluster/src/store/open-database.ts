// Opens the registry's SQLite file, or says what is wrong with it and what to do next.
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { RegistryStoreError, missingRegistry } from "./registry-store.ts";

/** Marks the file as a registry of Mezzo in SQLite's header ("Mezz" in ASCII). */
const APPLICATION_ID = 0x4d65_7a7a;

/** Layout of the file; a file with a larger number was written by a newer release. */
const SCHEMA_VERSION = 1;

/** SQLite's result codes that need words of their own (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
const PRIMARY_CODE_MASK = 0xff;

const SETUP = `
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
  CREATE TABLE IF NOT EXISTS registry (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
`;

/** No second master may write the file. Changes nothing in it. */
const LOCKING = "PRAGMA locking_mode = EXCLUSIVE";

// Only for a registry: WAL is written into the file. FULL: a commit is on the disk when it returns, also when power fails.
const JOURNAL = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
`;

function numberOf(database: DatabaseSync, pragma: string): number {
  const row = database.prepare(`PRAGMA ${pragma}`).get();
  return Number(row?.[pragma] ?? 0);
}

function damaged(path: string, details: string, cause?: unknown): RegistryStoreError {
  return new RegistryStoreError(
    "damaged",
    `Cannot open registry ${path}: the file is damaged (${details}). Put back a copy of it, or move ${path}, ` +
      `${path}-wal and ${path}-shm away: the master then starts with an empty registry and admits agents anew as they ` +
      `re-register; quota, weights and maintenance schedules must be set again.`,
    cause === undefined ? undefined : { cause },
  );
}

/** Words for an error of SQLite; what it cannot place stays its cause. */
function explain(path: string, error: unknown): RegistryStoreError {
  if (error instanceof RegistryStoreError) return error;
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & PRIMARY_CODE_MASK : 0;
  const details = error instanceof Error ? error.message : String(error);
  if (code === SQLITE_BUSY) {
    const message = `Cannot open registry ${path}: another process uses it. Stop the other master, or give this one its own --work_dir.`;
    return new RegistryStoreError("locked", message, { cause: error });
  }
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) return damaged(path, details, error);
  return new RegistryStoreError("failed", `Cannot open registry ${path}: ${details}`, { cause: error });
}

function check(database: DatabaseSync, { path, mustExist }: { path: string; mustExist: boolean }): void {
  const applicationId = numberOf(database, "application_id");
  const version = numberOf(database, "user_version");
  const tables = Number(
    database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"] ?? 0,
  );
  const isNew = applicationId === 0 && tables === 0;
  // Also a file in which nothing was ever written.
  if (isNew && mustExist) throw missingRegistry(path);
  if (!isNew && applicationId !== APPLICATION_ID) {
    const message = `Cannot open registry ${path}: the file belongs to another program. Choose another --work_dir.`;
    throw new RegistryStoreError("not-a-registry", message);
  }
  if (version > SCHEMA_VERSION) {
    const message = `Cannot open registry ${path}: its layout ${version} is newer than ${SCHEMA_VERSION}. Use the release that wrote it.`;
    throw new RegistryStoreError("not-a-registry", message);
  }
  const findings = database.prepare("PRAGMA quick_check").all();
  const first = String(findings[0]?.["quick_check"] ?? "no answer");
  if (first !== "ok") throw damaged(path, first);
}

/** Opens the file, or creates it with its folder unless it must exist. Throws a RegistryStoreError that says what to do. */
export function openDatabase(path: string, { mustExist }: { mustExist: boolean }): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (mustExist && !existsSync(path)) throw missingRegistry(path);
    mkdirSync(dirname(path), { recursive: true });
    database = new DatabaseSync(path);
    database.exec(LOCKING);
    check(database, { path, mustExist });
    database.exec(JOURNAL);
    database.exec(SETUP);
    return database;
  } catch (error) {
    database?.close();
    throw explain(path, error);
  }
}
