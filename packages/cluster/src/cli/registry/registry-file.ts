// A registry in a file: one JSON document, records as base64, complete or not there at all.
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const FORMAT = "mezzo-registry-1";

interface Snapshot {
  format: string;
  records: Record<string, string>;
}

/** Throws when the file exists, or cannot be written whole. */
export function writeRegistryFile(path: string, records: ReadonlyMap<string, Uint8Array>): void {
  const encoded = [...records].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const snapshot: Snapshot = {
    format: FORMAT,
    records: Object.fromEntries(encoded.map(([key, value]) => [key, Buffer.from(value).toString("base64")])),
  };
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  try {
    writeWhole(partial, `${JSON.stringify(snapshot, undefined, 1)}\n`);
    // Unlike a rename it never replaces what is there.
    linkSync(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot write the registry to ${path}: ${reason}`, { cause: error });
  } finally {
    rmSync(partial, { force: true });
  }
}

function writeWhole(path: string, text: string): void {
  const file = openSync(path, "wx", 0o600);
  try {
    // Unlike writeSync it goes on after a part, and so meets the error of a disk that is full.
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The name, too, is on the disk then, and not only what it names. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Throws for a file that is no registry. */
export function readRegistryFile(path: string): Map<string, Uint8Array> {
  let snapshot: Partial<Snapshot>;
  try {
    snapshot = JSON.parse(readFileSync(path, "utf8")) as Partial<Snapshot>;
  } catch (error) {
    throw new Error(`Cannot read the registry in ${path}: it is not JSON`, { cause: error });
  }
  if (snapshot.format !== FORMAT || snapshot.records === undefined) {
    throw new Error(`Cannot read the registry in ${path}: it is not a file that 'mezzo registry' wrote`);
  }
  return new Map(Object.entries(snapshot.records).map(([key, value]) => [key, Buffer.from(value, "base64")]));
}
