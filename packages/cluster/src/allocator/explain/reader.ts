// For whom a reason is worded: it names only roles that its reader may see, and amounts of quota only of such roles.

/** What the reader of a reason may see. */
export interface Reader {
  role(name: string): boolean;
  /** The quota of a role. */
  quota(role: string): boolean;
}

/** Somebody who may see everything. */
export const READS_EVERYTHING: Reader = { role: () => true, quota: () => true };
