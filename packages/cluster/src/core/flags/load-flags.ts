// Command line and environment to typed values: the one way flags come in.
import { failure, success, type Result } from "@mezzo/wire";
import type { FlagTable, FlagValues } from "./flag.ts";
import { formatFlagValue, parseFlagValue, type ReadText } from "./parse-flag-value.ts";
import { readEnvironment } from "./read-environment.ts";
import { resolveFlagName } from "./resolve-flag-name.ts";
import { splitArguments, type GivenFlag } from "./split-arguments.ts";

/** Where flags come from. The command line goes before the environment. */
export interface FlagSources {
  args: readonly string[];
  /** Without it, variables are not read. */
  prefix?: string;
  environment: Readonly<Record<string, string | undefined>>;
  readText: ReadText;
}

/** What was given, typed; and as text under the flags' names, which is what `/flags` shows. */
export interface LoadedFlags<Table extends FlagTable> {
  values: FlagValues<Table>;
  texts: Record<string, string>;
  /** The names given, by whichever source. */
  given: ReadonlySet<string>;
  warnings: string[];
}

interface Taken {
  value: unknown;
  text: string;
}

/** The text a flag gets from the way it was given, or Mesos' sentence. */
function textOf(table: FlagTable, flag: GivenFlag): Result<{ name: string; text: string }> {
  const negated = flag.name.startsWith("no-");
  const said = negated ? flag.name.slice("no-".length) : flag.name;
  const via = negated ? ` via '${flag.name}'` : "";
  const name = resolveFlagName(table, said);
  if (name === undefined) return failure(`Failed to load unknown flag '${said}'${via}`);
  if (table[name]?.type !== "bool") {
    if (negated) return failure(`Failed to load non-boolean flag '${said}'${via}`);
    if (flag.text === undefined) return failure(`Failed to load non-boolean flag '${said}': Missing value`);
    return success({ name, text: flag.text });
  }
  if (flag.text === undefined || flag.text === "") return success({ name, text: negated ? "false" : "true" });
  if (negated) return failure(`Failed to load boolean flag '${said}'${via} with value '${flag.text}'`);
  return success({ name, text: flag.text });
}

function take(
  table: FlagTable,
  { name, text }: { name: string; text: string },
  given: GivenFlag,
  readText: ReadText,
): Result<Taken> {
  const flag = table[name];
  if (flag === undefined) return failure(`Failed to load unknown flag '${name}'`);
  const origin = given.variable === undefined ? "" : ` (from the environment variable ${given.variable})`;
  const parsed = parseFlagValue(flag, text, readText);
  if (flag.refused !== undefined && !(parsed.ok && formatFlagValue(flag, parsed.value) === flag.default)) {
    return failure(`Flag --${name} is not supported by Mezzo yet: ${flag.refused}${origin}`);
  }
  if (!parsed.ok) return failure(`Failed to load flag '${name}': ${parsed.error}${origin}`);
  return success({ value: parsed.value, text: formatFlagValue(flag, parsed.value) });
}

const byName = (a: GivenFlag, b: GivenFlag): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/**
 * Reads flags as stout does: the same precedence, the same errors in the same (alphabetical) order.
 * @see Mesos 3rdparty/stout/include/stout/flags/flags.hpp
 */
export function loadFlags<const Table extends FlagTable>(
  table: Table,
  sources: FlagSources,
): Result<LoadedFlags<Table>> {
  const split = splitArguments(table, sources.args);
  if (!split.ok) return split;
  const said = split.value.toSorted(byName);
  const variables =
    sources.prefix === undefined
      ? []
      : readEnvironment(table, { prefix: sources.prefix, environment: sources.environment });
  const taken = new Map<string, Taken>();
  const loadedAs = new Map<string, string>();
  const warnings: string[] = [];
  for (const given of [...said, ...variables.toSorted(byName)]) {
    const text = textOf(table, given);
    if (!text.ok) return text;
    const name = text.value.name;
    const spelled = given.name.replace(/^no-/, "");
    const earlier = loadedAs.get(name);
    if (earlier !== undefined) {
      if (given.variable !== undefined) continue;
      return failure(`Flag '${spelled}' is already loaded via name '${earlier}'`);
    }
    const value = take(table, text.value, given, sources.readText);
    if (!value.ok) return value;
    taken.set(name, value.value);
    loadedAs.set(name, spelled);
    if (spelled !== name) warnings.push(`Loaded deprecated flag '${spelled}'`);
  }
  return success({ ...complete(table, taken), given: new Set(taken.keys()), warnings });
}

/** Adds the defaults. They are parsed like anything else, so that a wrong one shows in the first test. */
function complete<Table extends FlagTable>(
  table: Table,
  taken: ReadonlyMap<string, Taken>,
): { values: FlagValues<Table>; texts: Record<string, string> } {
  const values: Record<string, unknown> = {};
  const texts: Record<string, string> = {};
  // In alphabetical order, as Mesos shows them.
  for (const [name, flag] of Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const given = taken.get(name);
    if (given !== undefined) {
      values[name] = given.value;
      texts[name] = given.text;
    } else if (flag.default !== undefined) {
      const parsed = parseFlagValue(flag, flag.default, () => failure("defaults are not files"));
      if (!parsed.ok)
        throw new TypeError(`Cannot declare flag '${name}': its default is wrong: ${parsed.error}`);
      values[name] = parsed.value;
      // Clients compare the list of flags with Mesos'.
      if (flag.own !== true) texts[name] = flag.default;
    }
  }
  return { values: values as FlagValues<Table>, texts };
}
