// Registry storage: one interface, and where records can be kept.
export { MemoryStore } from "./memory-store.ts";
export {
  type RegistryChange,
  type RegistryStore,
  RegistryStoreError,
  type RegistryStoreErrorCode,
} from "./registry-store.ts";
export { SqliteStore, type SqliteStoreDependencies, type SqliteStoreOptions } from "./sqlite-store.ts";
