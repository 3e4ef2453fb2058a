// Writes the registry and remembers how long that took.
import type { Registry } from "@mezzo/wire";
import type { Clock } from "../../core/clock.ts";
import type { RegistryStore } from "../../store/registry-store.ts";
import { TimerStatistics } from "../../core/timer-statistics.ts";
import { decodeRegistry } from "./decode-registry.ts";
import { encodeOperation } from "./encode-operation.ts";
import type { RegistryOperation } from "./operations.ts";

/** The one writer of a store. */
export class Registrar {
  readonly #store: RegistryStore;
  readonly #clock: Clock;
  readonly #sizes = new Map<string, number>();
  /** How long commits took. */
  readonly stored = new TimerStatistics();
  /** Operations that are not on disk yet. */
  queuedOperations = 0;
  /** How long reading took, milliseconds. */
  fetchMs = 0;
  /** Bytes of all records. */
  sizeBytes = 0;

  constructor({ store, clock }: { store: RegistryStore; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Reads everything; call it before the first `apply`. */
  async recover(): Promise<Registry> {
    const startMs = this.#clock.now();
    const records = await this.#store.load();
    for (const [key, value] of records) this.#count(key, value.byteLength);
    this.fetchMs = this.#clock.now() - startMs;
    return decodeRegistry(records);
  }

  /** Resolves when the operations are on disk, together. */
  async apply(operations: readonly RegistryOperation[]): Promise<void> {
    const startMs = this.#clock.now();
    const changes = operations.flatMap((operation) => encodeOperation(operation));
    this.queuedOperations += operations.length;
    try {
      await this.#store.commit(changes);
    } finally {
      this.queuedOperations -= operations.length;
    }
    for (const { key, value } of changes) this.#count(key, value?.byteLength ?? 0);
    this.stored.record(this.#clock.now() - startMs);
  }

  #count(key: string, sizeBytes: number): void {
    this.sizeBytes += sizeBytes - (this.#sizes.get(key) ?? 0);
    if (sizeBytes === 0) this.#sizes.delete(key);
    else this.#sizes.set(key, sizeBytes);
  }
}
