// A place where a registry is, for whoever takes it from there or puts it there while no master runs.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { isElectionUrl } from "@mezzo/sdk";
import { systemClock } from "../../core/clock.ts";
import { REGISTRY_FILE, type RegistryStore } from "../../store/registry-store.ts";
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

async function whereMastersMeet(url: string): Promise<RegistryPlace> {
  // Loaded here: who copies files needs no client of ZooKeeper or etcd.
  const { leadAlone } = await import("./lead-alone.ts");
  const election = await leadAlone(url);
  return placeOfStore(election.store, async () => {
    await election.store.close();
    election.close();
  });
}

/** Opens a place. `--to` may be a file that does not exist yet. */
export async function openRegistryPlace(text: string): Promise<RegistryPlace> {
  if (isElectionUrl(text)) return whereMastersMeet(text);
  if (existsSync(text) && statSync(text).isDirectory()) {
    const { SqliteStore } = await import("../../store/sqlite-store.ts");
    const store = new SqliteStore({ path: join(text, REGISTRY_FILE) }, { clock: systemClock });
    return placeOfStore(store, () => store.close());
  }
  return {
    read: () => Promise.resolve(existsSync(text) ? readRegistryFile(text) : new Map()),
    write: (records) => Promise.resolve(writeRegistryFile(text, records)),
    close: () => Promise.resolve(),
  };
}
