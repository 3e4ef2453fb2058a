// A registry for tests: what a master on a stage has written.
import { encodeOperation } from "../registry/encode-operation.ts";
import type { Stage } from "./stage.ts";

/** Writes what the last input wrote. */
export function keepRecords({ effects }: Stage, records: Map<string, Uint8Array>): void {
  for (const effect of effects) {
    if (effect.type !== "persist") continue;
    for (const { key, value } of effect.operations.flatMap((operation) => encodeOperation(operation))) {
      if (value === undefined) records.delete(key);
      else records.set(key, value);
    }
  }
}
