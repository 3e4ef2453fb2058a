// A place where a registry is, for whoever takes it from there or puts it there while no master runs.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { isElectionUrl } from "@mezzo/sdk";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
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

/** How long to wait for being the only master there, milliseconds. */
const ELECTION_TIMEOUT_MS = 30_000;

/** As a master has it by default, milliseconds. */
const SESSION_TIMEOUT_MS = 10_000;

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
  const { openElection } = await import("../../election/open-election.ts");
  const election = await openElection(
    { url: url.trim(), sessionTimeoutMs: SESSION_TIMEOUT_MS },
    { clock: systemClock, logger: silentLogger },
  );
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = systemClock.after(ELECTION_TIMEOUT_MS, () =>
        reject(new Error(`Cannot use the registry in ${election.place}: it does not answer`)),
      );
      const end = (run: () => void): void => {
        timer.cancel();
        run();
      };
      election.join(
        { id: `registry-${process.pid}`, ip: 0, port: 0, hostname: "mezzo-registry" },
        {
          elected: () => end(resolve),
          follows: (leader) =>
            end(() => {
              const who = leader?.pid ?? leader?.hostname ?? "a master";
              reject(
                new Error(
                  `Cannot use the registry in ${election.place}: ${who} leads; stop the masters first`,
                ),
              );
            }),
          lost: (reason) =>
            end(() => reject(new Error(`Cannot use the registry in ${election.place}: ${reason}`))),
        },
      );
    });
  } catch (error) {
    election.close();
    throw error;
  }
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
