// What operators ask for about quota. Part of `inputs.ts`.
import type { QuotaConfig, QuotaRequest } from "@mezzo/wire";

/** A change of quota: one at a time, in the order of arrival. */
export type QuotaInput =
  /** UPDATE_QUOTA. */
  | {
      type: "update-quota";
      request: number;
      principal?: string;
      configs: readonly QuotaConfig[];
      force: boolean;
    }
  /** SET_QUOTA or POST /quota. */
  | { type: "set-quota"; request: number; principal?: string; quota: QuotaRequest }
  /** REMOVE_QUOTA or DELETE /quota/<role>, then with its path. */
  | { type: "remove-quota"; request: number; principal?: string; role: string; path?: string };

/** What goes on once the registry has such a change, which comes to these configs. */
export interface QuotaContinuation {
  kind: "quota-changed";
  change: QuotaInput;
  configs: readonly QuotaConfig[];
}
