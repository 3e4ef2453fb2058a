// The command line to pairs of flag name and text, before anybody knows what the flags mean.
import { failure, success, type Result } from "@mezzo/wire";
import { resolveFlagName } from "./resolve-flag-name.ts";
import type { FlagTable } from "./flag.ts";

/** One flag as it was given. */
export interface GivenFlag {
  /** Lower case, with underscores; still with its `no-`. */
  name: string;
  /** Absent for `--name` and `--no-name`. */
  text?: string;
  /** The environment variable that gave it; absent for the command line. */
  variable?: string;
}

/** `--Some-Name` becomes `some_name`; the `no-` in front keeps its dash, which tells it from a name. */
function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  const negated = lower.startsWith("no-");
  return (negated ? "no-" : "") + (negated ? lower.slice(3) : lower).replaceAll("-", "_");
}

/**
 * Takes `--name=value`, `--name value`, `--name` and `--no-name` apart. What is not a flag is refused, not skipped
 * as Mesos does: it is a mistyped flag more often than not.
 */
export function splitArguments(table: FlagTable, args: readonly string[]): Result<GivenFlag[]> {
  const given: GivenFlag[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = (args[index] ?? "").trim();
    if (!arg.startsWith("--") || arg === "--") {
      return failure(`Cannot use the argument '${arg}': flags have the form --name=value`);
    }
    const equals = arg.indexOf("=");
    if (equals >= 0) {
      given.push({ name: canonicalName(arg.slice(2, equals)), text: arg.slice(equals + 1) });
      continue;
    }
    const name = canonicalName(arg.slice(2));
    const flag = table[resolveFlagName(table, name) ?? ""];
    const next = args[index + 1];
    const takesNext =
      flag !== undefined && flag.type !== "bool" && next !== undefined && !next.startsWith("--");
    given.push(takesNext ? { name, text: next } : { name });
    if (takesNext) index += 1;
  }
  return success(given);
}
