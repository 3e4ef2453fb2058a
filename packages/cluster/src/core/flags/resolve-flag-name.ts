// Which flag of a table a given name means.
import type { FlagTable } from "./flag.ts";

/** The flag's own name for a name or an alias, or undefined. */
export function resolveFlagName(table: FlagTable, name: string): string | undefined {
  if (Object.hasOwn(table, name)) return name;
  return Object.keys(table).find((key) => table[key]?.alias === name);
}
