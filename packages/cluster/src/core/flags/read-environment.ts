// Flags given as environment variables: MESOS_WORK_DIR for --work_dir.
import { resolveFlagName } from "./resolve-flag-name.ts";
import type { FlagTable } from "./flag.ts";
import type { GivenFlag } from "./split-arguments.ts";

/** The flags of `table` that the environment sets; other variables with the prefix belong to somebody else. */
export function readEnvironment(
  table: FlagTable,
  { prefix, environment }: { prefix: string; environment: Readonly<Record<string, string | undefined>> },
): GivenFlag[] {
  const given: GivenFlag[] = [];
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(prefix) || text === undefined) continue;
    const name = variable.slice(prefix.length).toLowerCase();
    const known = resolveFlagName(table, name.startsWith("no-") ? name.slice("no-".length) : name);
    if (known !== undefined) given.push({ name, text, variable });
  }
  return given;
}
