// A place where a registry is, for whoever takes it from there or puts it there while no master runs.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { isElectionUrl, withoutCredentials } from "@mezzo/sdk";
import { systemClock } from "../../core/clock.ts";
import {
  REGISTRY_FILE,
  type RegistryStore,
  RegistryStoreError,
  missingRegistry,
} from "../../store/registry-store.ts";
import { readRegistryFile, writeRegistryFile } from "./registry-file.ts";

type Records = ReadonlyMap<string, Uint8Array>;

export interface RegistryPlace {
  read(): Promise<Records>;
  /** Makes it hold these records and no others. */
  write(records: Records): Promise<void>;
  close(): Promise<void>;
}

/** A registry that knows nothing yet. */
export const emptyPlace: RegistryPlace = {
  read: () => Promise.resolve(new Map()),
  write: () => Promise.reject(new Error("Cannot write a registry nowhere")),
  close: () => Promise.resolve(),
};

function placeOfStore(store: RegistryStore, close: () => Promise<void>): RegistryPlace {
  let known: Promise<Map<string, Uint8Array>> | undefined;
  const read = (): Promise<Map<string, Uint8Array>> => (known ??= store.load());
  return {
    read,
    write: async (records) => {
      const before = await read();
      const removed = [...before.keys()].filter((key) => !records.has(key));
      const changes = [
        ...removed.map((key) => ({ key, value: undefined })),
        ...[...records].map(([key, value]) => ({ key, value })),
      ];
      await store.commit(changes);
    },
    close,
  };
}

async function whereMastersMeet(url: string, options: { mustExist: boolean }): Promise<RegistryPlace> {
  // Loaded here: who copies files needs no client of ZooKeeper or etcd.
  const { leadAlone } = await import("./lead-alone.ts");
  const election = await leadAlone(url, options);
  return placeOfStore(election.store, async () => {
    await election.store.close();
    election.close();
  });
}

async function open(text: string, { mustExist }: { mustExist: boolean }): Promise<RegistryPlace> {
  if (isElectionUrl(text)) return whereMastersMeet(text, { mustExist });
  if (existsSync(text) && statSync(text).isDirectory()) {
    const { SqliteStore } = await import("../../store/sqlite-store.ts");
    const store = new SqliteStore({ path: join(text, REGISTRY_FILE), mustExist }, { clock: systemClock });
    return placeOfStore(store, () => store.close());
  }
  if (mustExist && !existsSync(text)) throw missingRegistry(text);
  return {
    read: () => Promise.resolve(existsSync(text) ? readRegistryFile(text) : new Map()),
    write: (records) => Promise.resolve(writeRegistryFile(text, records)),
    close: () => Promise.resolve(),
  };
}

/** Opens the place of `--from`. Rejects when there is no registry: a wrong path must not count as one that is empty. */
export async function openRegistrySource(text: string): Promise<RegistryPlace> {
  let place: RegistryPlace | undefined;
  try {
    place = await open(text, { mustExist: true });
    await place.read();
    return place;
  } catch (error) {
    await place?.close();
    if (!(error instanceof RegistryStoreError && error.code === "missing")) throw error;
    const message = `Cannot read a registry from ${withoutCredentials(text)}: there is none`;
    throw new Error(message, { cause: error });
  }
}

/** Opens the place of `--to`, which may be a file that does not exist yet. One that exists is nobody's to replace. */
export async function openRegistryTarget(text: string): Promise<RegistryPlace> {
  const isFile = !isElectionUrl(text) && existsSync(text) && !statSync(text).isDirectory();
  if (isFile) throw new Error(`Cannot write a registry to ${text}: there is a file already; name another`);
  return open(text, { mustExist: false });
}
