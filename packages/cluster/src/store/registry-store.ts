// Where the master keeps what must survive it: keyed records of bytes, committed before anything depends on them.

/** Writes a record, or removes it when the value is undefined. Keys are paths such as `agents/<id>` or `weights/<role>`. */
export interface RegistryChange {
  key: string;
  value: Uint8Array | undefined;
}

/** Storage of the registry (docs/registry-storage.md). All changes of one commit happen or none. */
export interface RegistryStore {
  /** All records. Call it before the first commit. */
  load(): Promise<Map<string, Uint8Array>>;
  /**
   * Resolves once the changes survive a crash; rejects with a RegistryStoreError when they are not stored. After a write
   * that failed nothing is written any more: what was asked later would be there without what came first.
   */
  commit(changes: readonly RegistryChange[]): Promise<void>;
  /** Stores what is queued and lets go of the storage. */
  close(): Promise<void>;
}

/** Why a store refused: each code asks for another remedy, which the message names. */
export type RegistryStoreErrorCode =
  | "closed"
  | "damaged"
  | "failed"
  | "locked"
  | "missing"
  | "not-a-registry"
  | "overloaded";

/** What a store throws and rejects with. */
export class RegistryStoreError extends Error {
  readonly code: RegistryStoreErrorCode;

  constructor(code: RegistryStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RegistryStoreError";
    this.code = code;
  }
}

/** There is no registry, and `--log_auto_initialize=false` does not let the master make one. */
export function missingRegistry(where: string): RegistryStoreError {
  const remedy = "make one with `mezzo registry --initialize --to=…`, or leave --log_auto_initialize on";
  return new RegistryStoreError("missing", `Cannot read the registry: there is none in ${where}; ${remedy}`);
}

/** The registry's file in the work directory. */
export const REGISTRY_FILE = "registry.sqlite";

/** The longest key: roles and ids are bounded well below it. */
export const MAX_KEY_LENGTH = 4096;

/** The largest record: an agent's record is a few kB; attributes and resources may make it larger, hardly this large. */
export const MAX_VALUE_BYTES = 4 * 1024 * 1024;

/** The bytes of keys and values in a commit. Throws a RangeError when one of them is too large to keep. */
export function sizeOfChanges(changes: readonly RegistryChange[]): number {
  let sizeBytes = 0;
  for (const { key, value } of changes) {
    const valueBytes = value?.byteLength ?? 0;
    if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
      throw new RangeError(
        `Cannot store a record: its key has ${key.length} characters, not 1 to ${MAX_KEY_LENGTH}`,
      );
    }
    if (valueBytes > MAX_VALUE_BYTES) {
      throw new RangeError(`Cannot store ${key}: ${valueBytes} bytes are more than ${MAX_VALUE_BYTES}`);
    }
    sizeBytes += key.length + valueBytes;
  }
  return sizeBytes;
}
