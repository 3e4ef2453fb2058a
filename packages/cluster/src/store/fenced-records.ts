// Records beside an election: what a service such as ZooKeeper or etcd does in one transaction.

export type Changes = ReadonlyMap<string, Uint8Array | undefined>;

export interface FencedRecords {
  /** The service's name, for messages. */
  readonly service: string;
  /** What it takes in one transaction. */
  readonly limits: { readonly changes: number; readonly bytes: number };
  /** All records; undefined when there is no registry. Rejects with a StoreAwayError when it may work later. */
  load(): Promise<Map<string, Uint8Array> | undefined>;
  /** Makes a registry without records where there is none; as `write` does. */
  initialize(): Promise<void>;
  /**
   * Writes all or nothing, and only while this master leads. Rejects with a StoreAwayError when that may have happened
   * or not: then it is called with the same object again, and finds out first. Other errors are for good.
   */
  write(changes: Changes): Promise<void>;
}

/** The service does not answer, or cannot do it now. */
export class StoreAwayError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = "StoreAwayError";
  }
}
