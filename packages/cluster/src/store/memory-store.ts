// A registry that lives as long as the process: `--registry=in_memory`, and tests.
import {
  type RegistryChange,
  type RegistryStore,
  RegistryStoreError,
  sizeOfChanges,
} from "./registry-store.ts";

/** Keeps records in memory; a new master starts with none, and agents re-register with it as Mesos' in_memory registry has it. */
export class MemoryStore implements RegistryStore {
  readonly #records = new Map<string, Uint8Array>();
  #closed = false;

  load(): Promise<Map<string, Uint8Array>> {
    return Promise.resolve(new Map(this.#records));
  }

  commit(changes: readonly RegistryChange[]): Promise<void> {
    if (this.#closed)
      return Promise.reject(new RegistryStoreError("closed", "Cannot commit to the registry: it is closed"));
    try {
      sizeOfChanges(changes);
    } catch (error) {
      return Promise.reject(error);
    }
    for (const { key, value } of changes) {
      if (value === undefined) this.#records.delete(key);
      else this.#records.set(key, value.slice());
    }
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }
}
