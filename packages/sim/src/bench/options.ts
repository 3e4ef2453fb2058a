// The command line of `npm run bench`.
import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Names of benchmarks; empty: all. */
  only: string[];
  json: boolean;
  list: boolean;
}

export const USAGE = `npm run bench -- [--only name,…] [--json] [--list]

  --only name,…   these benchmarks only
  --json          one line of JSON a figure instead of a table
  --list          names what there is`;

/** Throws a TypeError with words for the user when an option or a name is unknown. */
export function parseBenchOptions(args: readonly string[], names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: "string" }, json: { type: "boolean" }, list: { type: "boolean" } },
  });
  const only = (values.only ?? "").split(",").filter((name) => name !== "");
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`Cannot run '${unknown}': the benchmarks are ${names.join(", ")}`);
  }
  return { only, json: values.json ?? false, list: values.list ?? false };
}
